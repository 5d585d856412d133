/** The wish that a scan be kept, as the record has it: administrative entries under the scan's id, of which the last counts. */
import type { AuditEntry } from './record.ts';

export const PRESERVE = 'scan.preserve';

export function isPreserved(entries: readonly AuditEntry[]): boolean {
  let preserve = false;
  for (const entry of entries)
    if (entry.kind === 'administration' && entry.action === PRESERVE) preserve = entry.after === 'true';
  return preserve;
}
