/** The record: no interaction and no administrator action without its entry. */
import type { AuditEntry, Receipt } from '../../domain/record.ts';
import type { AuditQuery, AuditPage } from './store.ts';

export interface Audit {
  /**
   * Resolves once the entry is durable. Never hangs: after the deadline it rejects.
   * @throws Refusal `record_unavailable`
   */
  append(entry: AuditEntry): Promise<Receipt>;
  read(query: AuditQuery): Promise<AuditPage>;
  close(): Promise<void>;
}
