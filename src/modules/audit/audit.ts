/** The record: no interaction and no administrator action without its entry, in a log that others can verify. */
import type { Clock } from '../../base/clock.ts';
import { withDeadline } from '../../base/deadline.ts';
import type {
  AuditEntry,
  InteractionEndEntry,
  InteractionEntry,
  Receipt,
  RecordedBeside,
} from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import { createConceal } from './conceal.ts';
import type { Keyring } from './keyring.ts';
import { parseLeaf } from './leaf.ts';
import {
  reveal,
  revealBeside,
  revealSaid,
  revealVault,
  type RevealedEntry,
  type RevealedPseudonym,
  type SaidEntry,
} from './reveal.ts';
import type { AuditQuery, AuditStore } from './store.ts';

export { countNewest } from './count-newest.ts';
export { startHeartbeat } from './heartbeat.ts';
export { createKeyOpener, createKeyring, type Keyring } from './keyring.ts';
export { createLog, type Log, type Published } from './log.ts';
export { parseLeaf } from './leaf.ts';
export type { LogKey } from './log-keys.ts';
export { followHandover, successorOf } from './handover.ts';
export { createWitnesses, type AskedWitness, type WitnessAnswer, type WitnessPanel } from './witnesses.ts';
export { renewKeys } from './renew.ts';
export { revealSaid, type SaidEntry } from './reveal.ts';
export { checkLog, type LogReport } from './fsck/check-log.ts';
export { makeKit, type KitMeans, type KitOrder } from './kit/make-kit.ts';
export { KitOrderError } from './kit/kit-range.ts';
export { verifyKit, type KitTrust } from './kit/verify-kit.ts';
export type { KitReport } from './kit/kit-report.ts';
export { sourceOfBytes, type KitSource } from './kit/zip-reader.ts';

export interface AuditPage {
  readonly entries: readonly RevealedEntry[];
}

export interface Audit {
  /** Names the log, as its checkpoints do. */
  readonly origin: string;
  /**
   * Resolves once the entry is durable. Never hangs: after the deadline it rejects.
   * @throws Refusal `record_unavailable`
   */
  append(entry: AuditEntry): Promise<Receipt>;
  read(query: AuditQuery): Promise<AuditPage>;
  /** Whose the entries at these indexes are, of those that are there: at a fraction of the cost of reading them. */
  beside(indexes: readonly number[]): Promise<ReadonlyMap<number, RecordedBeside>>;
  /** What was said at this index, as JSON text; undefined where nothing was captured, or it cannot be read any more. */
  content(index: number): Promise<string | undefined>;
  /** Many with what was said, and without who it was. */
  readSaid(query: AuditQuery): Promise<readonly SaidEntry[]>;
  /** What stood for what in the entry at this index, as far as it can still be read. */
  pseudonyms(index: number): Promise<readonly RevealedPseudonym[]>;
  /**
   * Ends the interactions that an earlier run of this instance began to release and never ended, and resolves to how
   * many. MUST be called before the first request is served: later ones would be ended too.
   */
  closeInterrupted(): Promise<number>;
  close(): Promise<void>;
}

export interface AuditSettings {
  readonly store: AuditStore;
  readonly keyring: Keyring;
  readonly origin: string;
  /** An entry that is not durable by then refuses the request it belongs to. */
  readonly timeoutMs: number;
  readonly clock: Clock;
}

export function createAudit({ store, keyring, origin, timeoutMs, clock }: AuditSettings): Audit {
  const conceal = createConceal(keyring);

  async function write(entry: AuditEntry): Promise<Receipt> {
    const concealed = conceal(entry);
    const { entry: parts, stands } = concealed instanceof Promise ? await concealed : concealed;
    const receipt = await store.append(parts);
    stands();
    return receipt;
  }

  async function append(entry: AuditEntry): Promise<Receipt> {
    try {
      const receipt = await withDeadline(write(entry), timeoutMs, 'the audit record');
      if (!isReceipt(receipt)) throw new Error('the audit store gave no receipt');
      return receipt;
    } catch (cause) {
      throw new Refusal('record_unavailable', undefined, { cause });
    }
  }

  async function read(query: AuditQuery): Promise<AuditPage> {
    return { entries: await reveal(keyring, await store.read(query)) };
  }

  async function readSaid(query: AuditQuery): Promise<readonly SaidEntry[]> {
    return revealSaid(keyring, await store.read(query));
  }

  return {
    origin,
    append,
    read,
    beside: async (indexes) => revealBeside(keyring, await store.beside(indexes)),
    content: async (index) => (await readSaid({ indexes: [index], limit: 1 }))[0]?.said(),
    readSaid,
    async pseudonyms(index) {
      const vault = await store.vault(index);
      if (vault.length === 0) return [];
      const [stored] = await store.read({ after: index, limit: 1 });
      return stored?.index === index ? revealVault(keyring, parseLeaf(stored.leaf).entry.id, vault) : [];
    },
    async closeInterrupted() {
      const ids = await store.unfinished();
      for (const id of ids) {
        const { entries } = await read({ id, limit: 10 });
        const released = entries.find(({ entry }) => entry.kind === 'interaction')?.entry;
        if (released?.kind === 'interaction') await append(interruptedEnd(released, clock.now()));
      }
      return ids.length;
    },
    close: () => store.close(),
  };
}

/** The store is a stranger: nobody is served on a word that is none. */
function isReceipt(receipt: Receipt | undefined): boolean {
  return (
    typeof receipt?.instance === 'string' &&
    Number.isSafeInteger(receipt.sequence) &&
    receipt.sequence > 0 &&
    Number.isSafeInteger(receipt.index) &&
    receipt.index >= 0
  );
}

/** What the first entry said still holds; what the answer became is not known. */
function interruptedEnd(released: InteractionEntry, at: number): InteractionEndEntry {
  return { ...released, kind: 'interaction_end', at, outcome: 'interrupted' };
}
