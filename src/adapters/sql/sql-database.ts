/** What the repositories need of a database: queries, and changes that every replica hears of. */
import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

export const CHANGE_KINDS = ['credentials', 'configurations', 'secrets'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export interface SqlDatabase {
  readonly queries: Kysely<Tables>;
  /**
   * Runs `work` in one write transaction. Where it resolves to true, whoever listens to this kind is called back,
   * here and on every other replica; where it resolves to false, it MUST have changed nothing.
   */
  change(kind: ChangeKind, work: (transaction: Writing) => Promise<boolean>): Promise<boolean>;
  /** Runs `work` in one write transaction that nobody is told of. */
  write<T>(work: (transaction: Writing) => Promise<T>): Promise<T>;
  onChange(kind: ChangeKind, listener: () => void): () => void;
}

/** A connection inside a transaction. */
export type Writing = Kysely<Tables> | Transaction<Tables>;
