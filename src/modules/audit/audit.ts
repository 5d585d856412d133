/** The record: no interaction and no administrator action without its entry. */
import type { Clock } from '../../base/clock.ts';
import { withDeadline } from '../../base/deadline.ts';
import type { AuditEntry, InteractionEndEntry, InteractionEntry, Receipt } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { AuditPage, AuditQuery, AuditStore } from './store.ts';

export interface Audit {
  /**
   * Resolves once the entry is durable. Never hangs: after the deadline it rejects.
   * @throws Refusal `record_unavailable`
   */
  append(entry: AuditEntry): Promise<Receipt>;
  read(query: AuditQuery): Promise<AuditPage>;
  /**
   * Ends the interactions that an earlier run of this instance began to release and never ended, and resolves to how
   * many. MUST be called before the first request is served: later ones would be ended too.
   */
  closeInterrupted(): Promise<number>;
  close(): Promise<void>;
}

export interface AuditSettings {
  readonly store: AuditStore;
  /** An entry that is not durable by then refuses the request it belongs to. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

export function createAudit({ store, timeoutMs, clock }: AuditSettings): Audit {
  async function append(entry: AuditEntry): Promise<Receipt> {
    try {
      const receipt = await withDeadline(store.append(entry), timeoutMs, 'the audit record');
      if (!isReceipt(receipt)) throw new Error('the audit store gave no receipt');
      return receipt;
    } catch (cause) {
      throw new Refusal('record_unavailable', undefined, { cause });
    }
  }

  return {
    append,
    read: (query) => store.read(query),
    async closeInterrupted() {
      const ids = await store.unfinished();
      for (const id of ids) {
        const entry = await releasedEntry(store, id);
        if (entry) await append(interruptedEnd(entry, clock.now()));
      }
      return ids.length;
    },
    close: () => store.close(),
  };
}

/** The store is a stranger: nobody is served on a word that is none. */
function isReceipt(receipt: Receipt | undefined): boolean {
  return (
    typeof receipt?.instance === 'string' && Number.isSafeInteger(receipt.sequence) && receipt.sequence > 0
  );
}

async function releasedEntry(store: AuditStore, id: string): Promise<InteractionEntry | undefined> {
  const { entries } = await store.read({ id, limit: 10 });
  for (const { entry } of entries) if (entry.kind === 'interaction') return entry;
  return undefined;
}

/** What the first entry said still holds; what the answer became is not known, and its content not repeated. */
function interruptedEnd(released: InteractionEntry, at: number): InteractionEndEntry {
  const { content: _content, ...known } = released;
  return { ...known, kind: 'interaction_end', at, outcome: 'interrupted' };
}
