/** Where it is kept what a directory has told of users and groups. */

export type DirectoryKind = 'user' | 'group';

export interface StoredDirectoryEntry {
  readonly kind: DirectoryKind;
  readonly id: string;
  /** In lower case: of one kind, no two are alike. */
  readonly name: string;
  /** 1, and one more with each change. */
  readonly version: number;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
  /** JSON. */
  readonly content: string;
}

export interface DirectoryStore {
  /** Whether its name was free. */
  add(entry: StoredDirectoryEntry): Promise<boolean>;
  find(kind: DirectoryKind, id: string): Promise<StoredDirectoryEntry | undefined>;
  /** In the order in which they came. */
  list(kind: DirectoryKind): Promise<readonly StoredDirectoryEntry[]>;
  /** Whether the version before it was the one that stood there. MUST NOT change its name to one that is taken. */
  change(entry: StoredDirectoryEntry): Promise<boolean>;
  /** Whether it stood there at this version. */
  remove(kind: DirectoryKind, id: string, version: number): Promise<boolean>;
}
