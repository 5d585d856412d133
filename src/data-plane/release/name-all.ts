/** Persons whom an answer names: what guardrails found in it, as far as it is released. */
import type { Edit } from '../../domain/guardrail.ts';
import { PERSONAL_KINDS } from '../../domain/subject.ts';
import type { StreamProgress } from '../../modules/scanning/scanning.ts';
import type { Named } from '../concerned.ts';
import type { Judged } from './judge-progress.ts';
import type { ReleaseWindow } from './release-window.ts';

/** MUST be called before the windows decide: from then on what was said is not there any more. */
export function nameAll(
  { windows: progress }: StreamProgress,
  edits: readonly Edit[],
  blocked: Judged['blocked'],
  windows: ReadonlyMap<string, ReleaseWindow>,
  replacement: (edit: Edit, text: string) => string,
  onNamed: (named: Named) => void,
): void {
  for (const { findings } of progress)
    for (const { kind, pointer, start, end } of findings) {
      const window = windows.get(pointer);
      if (!window || !PERSONAL_KINDS.has(kind) || isWithheld(blocked, pointer, end)) continue;
      const edit = edits.find((each) => each.pointer === pointer && each.start <= start && each.end >= end);
      const value = window.textOf(start, end);
      const isOwn = edit?.action === 'pseudonymize' && edit.start === start && edit.end === end;
      const standIn = isOwn ? replacement(edit, value) : undefined;
      onNamed({ kind, value, standIn, inContent: edit === undefined });
    }
}

/** Nothing from the blocked text on is released, nor captured. */
function isWithheld(blocked: Judged['blocked'], pointer: string, end: number): boolean {
  if (!blocked) return false;
  const start = blocked.starts.get(pointer);
  return blocked.starts.size === 0 || (start !== undefined && end > start);
}
