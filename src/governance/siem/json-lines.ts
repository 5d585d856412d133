/** The entry as it stands in the record, one JSON object to a line. */
import type { PositionedEntry } from './exported-entry.ts';

export function toJson({ instance, sequence, position, entry }: PositionedEntry): string {
  return JSON.stringify({ instance, sequence, position, entry });
}
