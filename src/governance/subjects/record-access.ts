/** What the room needs of the record and of the keys beside it; compose hands both in. */
import type { AdministrationEntry, Pseudonym, Receipt, RecordedEntry } from '../../domain/record.ts';

export interface RecordAccess {
  append(entry: AdministrationEntry): Promise<Receipt>;
  read(query: {
    readonly id?: string;
    /** Ids of keys. */
    readonly subjects?: readonly string[];
    readonly after?: number;
    readonly limit: number;
  }): Promise<{ readonly entries: readonly (RecordedEntry & { readonly position: number })[] }>;
  content(index: number): Promise<string | undefined>;
  pseudonyms(index: number): Promise<readonly (Pseudonym & { readonly identifier: string })[]>;
}

export interface FoundKey {
  readonly id: string;
  readonly identifier: string;
  readonly isRestricted: boolean;
}

export interface KeyAccess {
  /** Every key that an identifier has. */
  find(identifier: string): Promise<readonly FoundKey[]>;
  existing(ids: readonly string[]): Promise<readonly string[]>;
  /** Those of the keys that still exist. */
  open(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly identifier: string }>>;
  destroy(ids: readonly string[]): Promise<number>;
  restrict(ids: readonly string[], atMs: number | undefined): Promise<void>;
  houseKey(purpose: string): Buffer;
}
