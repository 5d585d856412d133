/** The port behind the subjects room: which entries are about whom, and how that is taken apart for good. */

/** What an erasure was begun with. It is kept for good: a key store that was restored from a backup loses the keys again. */
export interface StoredErasure {
  /** `ers_…`, the id of its entry as well. */
  readonly id: string;
  readonly atMs: number;
  readonly basis: string;
  readonly keys: readonly string[];
  /** Where its entry stands in the log, once all of it is done. */
  readonly entry?: number;
}

export interface Tally {
  readonly entries: number;
  readonly withContent: number;
  readonly firstAtMs?: number;
  readonly lastAtMs?: number;
}

/** What lies beside the log of everybody together. */
export interface Sealed {
  /** Entries with content. */
  readonly content: number;
  /** Entries with a vault. */
  readonly vaults: number;
  /** Texts in them, one for each subject. */
  readonly vaultTexts: number;
}

/** Keys are named by their ids. */
export interface SubjectStore {
  sealed(): Promise<Sealed>;
  /** What is about any of these keys' subjects. */
  tally(keys: readonly string[]): Promise<Tally>;
  /** Whether any entry is about one of the first and one of the second. */
  together(keys: readonly string[], others: readonly string[]): Promise<boolean>;
  /**
   * Keeps the erasure and the leaves that it covers, as one step. Resolves to their indexes, ascending; where a hold is in
   * force that is not among `holds`, it keeps nothing and resolves to undefined. Without `holds`, none is looked for.
   */
  begin(erasure: StoredErasure, holds?: readonly string[]): Promise<readonly number[] | undefined>;
  /** Those that are begun and not done. */
  pending(): Promise<readonly StoredErasure[]>;
  /**
   * Takes apart what the erasure covers, as one step: who it was, what was said under these keys, what stood for what, and
   * the links. Marks the entries, and keeps the erasure as done. Repeated, it changes nothing.
   */
  settle(id: string, entry: number): Promise<void>;
  /** Forgets one that was begun and of which there is no entry. */
  drop(id: string): Promise<void>;
  /** Ids of keys whose erasure is done, ascending. */
  erasedKeys(after: string, limit: number): Promise<readonly string[]>;
  /** Erasures that are done, under whose keys something lies again: what was on its way when they were destroyed. */
  leftOver(): Promise<readonly StoredErasure[]>;
  /** Done erasures that cover this leaf, and all leaves that each of them covers. */
  covering(
    index: number,
  ): Promise<readonly { readonly erasure: StoredErasure; readonly leaves: readonly number[] }[]>;
}
