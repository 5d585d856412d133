/** The entry as it stands in the record, one JSON object to a line; its `metadata` is a list of names and values. */
import type { PositionedEntry } from './exported-entry.ts';
import { pairsOf } from './pairs.ts';

export function toJson({ instance, sequence, index, position, subjectKey, entry }: PositionedEntry): string {
  const written = entry.kind === 'administration' ? entry : { ...entry, metadata: pairsOf(entry.metadata) };
  return JSON.stringify({ instance, sequence, index, position, subjectKey, entry: written });
}
