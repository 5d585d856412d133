/** What the index needs of a database, whichever it is: statements with `?` for each value, and many rows at once. */

export type SqlValue = number | string | null;

export type ColumnType = 'integer' | 'real' | 'text';

export interface Bulk {
  /** Up to `values`: `insert into t (a, b)`. */
  readonly into: string;
  readonly types: readonly ColumnType[];
  readonly rows: readonly (readonly SqlValue[])[];
  /** What follows the values: `on conflict …`. */
  readonly conflict?: string;
}

/** The same statement for many rows of values: all of them read, or all write. */
export interface Each {
  /** For one row. */
  readonly one: string;
  /** For all: they are the table `given`, with columns a, b, c, … */
  readonly all: string;
  readonly types: readonly ColumnType[];
  readonly rows: readonly (readonly SqlValue[])[];
}

export interface ActivitySql {
  readonly dialect: 'sqlite' | 'postgres';
  all<Row>(text: string, values?: readonly SqlValue[]): Promise<readonly Row[]>;
  run(text: string, values?: readonly SqlValue[]): Promise<void>;
  insert(bulk: Bulk): Promise<void>;
  /** Gives what all of them select, in any order. */
  each<Row>(each: Each): Promise<readonly Row[]>;
}

export interface ActivityDatabase extends ActivitySql {
  /** All or nothing. Undefined where somebody else is at it. */
  exclusively<T>(work: (sql: ActivitySql) => Promise<T>): Promise<T | undefined>;
  /** The same, but waits for its turn. */
  inTurn<T>(work: (sql: ActivitySql) => Promise<T>): Promise<T>;
  /** Tells whoever plans statements how many rows there are, where anybody plans by that. */
  analyze(tables: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export function places(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

/** A database takes neither U+0000 nor halves of a character. */
export function clean(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : text.toWellFormed().replaceAll('\0', '\uFFFD');
}
