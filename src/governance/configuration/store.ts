/** The port behind the configuration room: every version of the tree that was ever in force. */
export interface StoredConfiguration {
  /** Counts from 1. */
  readonly version: number;
  /** SHA-256 of the canonical tree, hexadecimal. */
  readonly digest: string;
  /** The tree as canonical JSON; credentials in it are references, never values. */
  readonly tree: string;
  readonly atMs: number;
  readonly actor: string;
}

export interface ConfigurationStore {
  current(): Promise<StoredConfiguration | undefined>;
  version(version: number): Promise<StoredConfiguration | undefined>;
  /** Without their trees, newest first; those before the version `before`, where it is given. */
  list(page: {
    readonly before?: number | undefined;
    readonly limit: number;
  }): Promise<readonly Omit<StoredConfiguration, 'tree'>[]>;
  /** Adds the next version. Resolves to false, changing nothing, where `expected` is not the current version (0: none). */
  put(next: StoredConfiguration, expected: number): Promise<boolean>;
  /** Calls back on every replica within a second of a change; see CredentialStore.onChange. */
  onChange(listener: () => void): () => void;
}
