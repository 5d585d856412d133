/** Which entries begin and end the release of an answer: what a crash leaves unfinished is found by them. */
import type { AuditEntry } from '../../domain/record.ts';

export type EntryMark = 'opens' | 'closes' | '';

export function markOf(entry: AuditEntry): EntryMark {
  if (entry.kind === 'interaction_end') return 'closes';
  return entry.kind === 'interaction' && entry.outcome === 'released' ? 'opens' : '';
}
