/** The ports behind the retention room: legal holds, and what has had its time. */

export interface StoredHold {
  readonly id: string;
  readonly createdAtMs: number;
  readonly application?: string;
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Whom it names, and why: under a key of the house. */
  readonly sealed: Uint8Array;
}

export interface HoldStore {
  /** Resolves to false, and keeps nothing, where an erasure is begun and not done that is not among these ids. */
  add(hold: StoredHold, erasures: readonly string[]): Promise<boolean>;
  /** Oldest first. */
  list(): Promise<readonly StoredHold[]>;
  /** Resolves to whether there was one. */
  remove(id: string): Promise<boolean>;
}

/** An entry that still has something whose time has passed. */
export interface Candidate {
  readonly index: number;
  readonly atMs: number;
  readonly kind: string;
  readonly id: string;
  /** Whether an administrative act is recorded under the same id. */
  readonly isActedOn: boolean;
  /** Ids of the keys of all whom it is about. */
  readonly keys: readonly string[];
}

/** 256 leaves that are stored together. */
export interface LeafBundle {
  readonly bundle: number;
  /** The latest `at` of its interactions, and of its administrative acts; absent where it has none. */
  readonly interactionsAtMs?: number;
  readonly administrationAtMs?: number;
}

export interface RetentionStore {
  /** Whether this process is to purge now: no other has begun to since `sinceMs`. */
  claim(nowMs: number, sinceMs: number): Promise<boolean>;
  /** Entries before `beforeMs` that have content or a vault (or an identity or links), from this index on, ascending. */
  candidates(
    what: 'content' | 'identities',
    beforeMs: number,
    fromIndex: number,
    limit: number,
  ): Promise<readonly Candidate[]>;
  /**
   * Removes what was said there, and what stood for what. This and the others that remove stop and resolve to false where
   * a hold is in force that is not among these ids.
   */
  removeContent(indexes: readonly number[], holds: readonly string[]): Promise<boolean>;
  /** Removes who it was: identities, links, and what stood for what. */
  removeIdentities(indexes: readonly number[], holds: readonly string[]): Promise<boolean>;
  /** Full bundles that are still stored, from this one on, ascending. */
  bundles(fromBundle: number, limit: number): Promise<readonly LeafBundle[]>;
  /** Who the entries of a bundle are about: ids of keys. */
  keysIn(bundle: number): Promise<readonly string[]>;
  /** Ids in a bundle under which an administrative act is recorded, there or elsewhere. */
  actedOnIn(bundle: number): Promise<readonly string[]>;
  /** Removes leaves with all that lies beside them. Their hashes stay. */
  removeBundles(bundles: readonly number[], holds: readonly string[]): Promise<boolean>;
}
