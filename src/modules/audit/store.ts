/** The ports behind the audit room: an append-only log with what lies beside it, and the Merkle tree over its leaves. */
import type { Receipt } from '../../domain/record.ts';

/** What an entry does to the list of answers whose release is under way. */
export type EntryMark = 'opens' | 'closes' | '';

/** An entry on its way: the leaf for everybody, and what lies beside it under somebody's key. */
export interface NewEntry {
  readonly kind: string;
  readonly id: string;
  readonly at: number;
  readonly mark: EntryMark;
  /** The entry's part of the leaf. The store counts it and writes the whole leaf with `leafText`. */
  readonly body: string;
  readonly identity?: NewIdentity;
  /** Ids of the keys of further subjects whom the entry is about. */
  readonly subjects: readonly string[];
  readonly content?: SealedContent;
  /** What stood for what in it, a text for each subject under her own key. */
  readonly vault?: readonly SealedPseudonyms[];
}

/** A JSON list of stand-ins with their originals. */
export interface SealedPseudonyms {
  readonly subject: string;
  readonly text: SealedText;
}

/** Who an entry was about, sealed under the key of its subject; entries that say the same share one. */
export interface NewIdentity {
  readonly id: string;
  readonly subject: string;
  /** Absent where an entry that stands has brought it already. */
  readonly text?: SealedText;
}

/** AES-256-GCM under a key of its own, which is wrapped by the keys of subjects. */
export interface SealedText {
  readonly wrappedKey: Uint8Array;
  readonly sealed: Uint8Array;
}

/** What was said. Its key is wrapped by the keys of all subjects it concerns together: each of them can have it destroyed. */
export interface SealedContent extends SealedText {
  readonly subjects: readonly string[];
}

/** What an entry's part of the vault is sealed as. */
export function vaultName(entryId: string): string {
  return `vault ${entryId}`;
}

/** The key of a record, with the names of what it was sealed as and of the keys that wrap it. */
export interface WrappedKey {
  readonly part: 'identity' | 'vault' | 'content';
  /** Which of its part it is, for the store. */
  readonly place: string;
  readonly name: string;
  readonly subjects: readonly string[];
  readonly wrappedKey: Uint8Array;
}

export interface WrappedKeyStore {
  /** Keys that this subject's key wraps, alone or with others. */
  wrapped(key: string, limit: number): Promise<readonly WrappedKey[]>;
  /** Puts them in their places, and links to the one subject's key to the other, as one step. What is gone stays gone. */
  rewrap(from: string, to: string, rows: readonly WrappedKey[]): Promise<void>;
}

/** The whole leaf, once it is known who counts it, and how far: canonical JSON (RFC 8785). */
export function leafText(instance: string, sequence: number, body: string): string {
  return `{"counter":{"instance":${JSON.stringify(instance)},"sequence":${sequence}},"entry":${body},"v":1}`;
}

export interface StoredEntry extends Receipt {
  readonly leaf: string;
  readonly identity?: { readonly id: string; readonly subject: string; readonly text: SealedText };
  readonly content?: SealedContent;
  readonly erasedBy?: number;
  /** Where the log ends with this entry in it: its index and one. */
  readonly position: number;
}

/** What lies beside an entry, without what was said. */
export interface StoredBeside {
  readonly index: number;
  readonly identity?: NonNullable<StoredEntry['identity']>;
  /** Ids of the keys that open what was said; absent where nothing of it is there. */
  readonly contentSubjects?: readonly string[];
  readonly erasedBy?: number;
}

export interface AuditQuery {
  /** Entries of this instance alone. */
  readonly instance?: string;
  /** Entries with this `id`, whatever their kind. */
  readonly id?: string;
  /** Entries that stand there. */
  readonly indexes?: readonly number[];
  /** Entries whose identity or content is under one of these keys, or that are about their subject otherwise. */
  readonly subjects?: readonly string[];
  /** Entries with `fromMs` ≤ `at` < `toMs`. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /**
   * Log order; continue after this position (before it, where descending). Ascending, nothing that is committed
   * later may get a position before one that was read.
   */
  readonly after?: number;
  readonly limit: number;
  /** Newest first. */
  readonly descending?: boolean;
}

/**
 * MUST number the entries of one instance from 1 without a gap, in the order of the calls, and the leaves of all
 * instances from 0 without a gap. MUST NOT resolve an append before the entry, and what lies beside it, survive the death
 * of the process and of the machine. Many appends SHOULD share one commit.
 * After a failed commit every waiting append MUST reject, and none of their numbers may be skipped.
 */
export interface AuditStore {
  append(entry: NewEntry): Promise<Receipt>;
  read(query: AuditQuery): Promise<readonly StoredEntry[]>;
  /** Of those of the entries that are there, in any order. */
  beside(indexes: readonly number[]): Promise<readonly StoredBeside[]>;
  /** What lies in the vault for the entry at this index. */
  vault(index: number): Promise<readonly SealedPseudonyms[]>;
  /**
   * Ids of interactions that this instance recorded as `released` and no `interaction_end` followed: before the first
   * request is served, what a crash interrupted.
   */
  unfinished(): Promise<readonly string[]>;
  /** Waits for what was appended. */
  close(): Promise<void>;
}

export interface Tree {
  readonly size: number;
  readonly root: Uint8Array;
}

export interface StoredCheckpoint {
  readonly size: number;
  readonly atMs: number;
  /** The signed note, cosignatures included. */
  readonly note: string;
}

/** What an entry is found by, beside its leaf, and whether what its leaf is committed to lies beside it too. */
export interface IndexRow extends Receipt {
  readonly kind: string;
  readonly id: string;
  readonly at: number;
  readonly hasIdentity: boolean;
  readonly hasContent: boolean;
  /** The index of the entry that erased what was about somebody. */
  readonly erasedBy?: number;
}

/** A key that signs checkpoints after the one before it did. The key itself is derived, never stored. */
export interface StoredLogKey {
  /** From 1: the log's first key has no row. */
  readonly generation: number;
  /** Index of the entry that names it. */
  readonly entry: number;
  /** Until then the key before it signs beside it. */
  readonly overlapUntilMs: number;
  /** The checkpoint under the key before it, with that entry in it. Larger ones carry the new signature. */
  readonly handover: StoredCheckpoint;
}

/** A tile of hashes, `level` 0 over the leaves; `index` counts tiles of that level. */
export interface TileName {
  readonly level: number;
  readonly index: number;
}

/**
 * The tree over the leaves: sequenced (durable, numbered), integrated (hashed into tiles), published (under a signed
 * checkpoint). Integration MUST be done by one process at a time and be whole or not at all; another takes over when it
 * dies.
 */
export interface LogStore {
  /** How many leaves are durable. */
  sequenced(): Promise<number>;
  integrated(): Promise<Tree>;
  /** Takes up to `maxLeaves` into the tree. Resolves to the tree after it; unchanged where another process is at it. */
  integrate(maxLeaves: number): Promise<Tree>;
  /** Leaves `from` ≤ index < `to`; undefined where retention removed one. */
  leaves(from: number, to: number): Promise<readonly (Uint8Array | undefined)[]>;
  /** As wide as integrated; undefined where there is none. */
  tiles(names: readonly TileName[]): Promise<readonly (Uint8Array | undefined)[]>;
  /**
   * MUST NOT add a checkpoint that is smaller than the last one: whoever brings it was overtaken by another replica, and is
   * told nothing, since the larger one stands for it. Those of the last seconds are kept, and later one for
   * each minute at least, and those with more signatures than the ones after them. Where the
   * size is kept already, whoever published it, the signatures of both MUST stay (`mergeCheckpoints`): replicas publish the
   * same size, and none may lose the cosignatures that another was given.
   */
  publish(checkpoint: StoredCheckpoint): Promise<void>;
  /** The latest with at most `size` leaves. */
  checkpointAt(size: number): Promise<StoredCheckpoint | undefined>;
  /** Those that are kept of more than `size` leaves, smallest first. */
  checkpointsAfter(size: number, limit: number): Promise<readonly StoredCheckpoint[]>;
  /** What the entries `from` ≤ index < `to` are found by, in their order; none where retention removed one. */
  indexRows(from: number, to: number): Promise<readonly IndexRow[]>;
  /** Every rotation, by generation. */
  keys(): Promise<readonly StoredLogKey[]>;
  /** Durable when it resolves. MUST refuse a generation that is there: two that rotate at once are one rotation. */
  addKey(key: StoredLogKey): Promise<void>;
}
