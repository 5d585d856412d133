/** Picks from the parts of an answer what dialects keep apart. */
import type { Part } from '../../domain/chat.ts';

type Kind = Part['kind'];

export function partsOf<K extends Kind>(
  parts: readonly Part[],
  kind: K,
): readonly Extract<Part, { kind: K }>[] {
  return parts.filter((part): part is Extract<Part, { kind: K }> => part.kind === kind);
}

/** All texts of one kind as one, or null where there is none. */
export function joined(parts: readonly Part[], kind: 'text' | 'reasoning' | 'refusal'): string | null {
  const found = partsOf(parts, kind);
  return found.length === 0 ? null : found.map(({ text }) => text).join('');
}
