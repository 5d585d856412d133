/**
 * The port behind the keyring: one key for each subject, wrapped by the master key. It is kept apart from the log and from
 * what lies beside it, and MUST NOT be part of the same backup: who destroys a key destroys all that it opens.
 */
export interface StoredKey {
  /** Random; says nothing of whom it is for. */
  readonly id: string;
  /** A keyed hash of the subject's identifier: how it is found again. One subject may have several keys. */
  readonly tag: string;
  /** The identifier, sealed under the key itself. */
  readonly identifier: Uint8Array;
  readonly wrappedKey: Uint8Array;
  /** The master key that wraps it. */
  readonly masterKeyId: string;
  readonly createdAtMs: number;
  /** Set while processing is restricted (GDPR Art. 18): what the key opens is kept, and not read. */
  readonly restrictedAtMs?: number;
}

export interface KeyStore {
  /** Oldest first. */
  find(tag: string): Promise<readonly StoredKey[]>;
  get(ids: readonly string[]): Promise<readonly StoredKey[]>;
  /** All keys, by id. */
  list(afterId: string, limit: number): Promise<readonly StoredKey[]>;
  /** Durable when it resolves. A key whose id is taken is left as it is. */
  add(key: StoredKey): Promise<void>;
  /** Wraps keys anew, or restricts them; ids that are gone stay gone. All or none. */
  replace(keys: readonly StoredKey[]): Promise<void>;
  /** Destroys: when it resolves, no file or table of this store holds the bytes any more. Resolves to how many there were. */
  destroy(ids: readonly string[]): Promise<number>;
  close(): Promise<void>;
}
