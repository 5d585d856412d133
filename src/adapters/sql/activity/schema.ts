/** The tables of the index. They are no migrations: an index of an older form is thrown away and made again. */
import type { ActivitySql } from './activity-sql.ts';

const TABLES = [
  'activity_terms',
  'activity_rows',
  'activity_docs',
  'activity_postings',
  'activity_ends',
  'activity_sums',
  'activity_names',
  // Of an older form.
  'activity_counts',
  'activity_administration',
  'activity_renewed',
];

/** What searches are planned over. */
export const SEARCHED_TABLES = ['activity_terms', 'activity_rows', 'activity_docs', 'activity_postings'];

export async function createStateTable(sql: ActivitySql): Promise<void> {
  await sql.run(`create table if not exists activity_state (
    one integer primary key, form bigint not null, generation bigint not null, position bigint not null,
    rebuild_until bigint not null, caught_up_ms bigint not null, renewing text not null
  )`);
}

export async function dropTables(sql: ActivitySql): Promise<void> {
  for (const table of TABLES) await sql.run(`drop table if exists ${table}`);
}

export async function createTables(sql: ActivitySql): Promise<void> {
  for (const statement of sql.dialect === 'sqlite' ? statements(SQLITE) : statements(POSTGRES))
    await sql.run(statement);
}

interface Words {
  /** SQLite's own row number, where it is that. */
  readonly key: string;
  readonly real: string;
  /** Sorted by bytes, so that a beginning is a range. */
  readonly bytewise: string;
  readonly keyed: string;
  /** Room beside each row, so that counting rewrites no index. */
  readonly roomy: string;
}

const SQLITE: Words = {
  key: 'integer',
  real: 'real',
  bytewise: '',
  keyed: 'without rowid',
  roomy: 'without rowid',
};
const POSTGRES: Words = {
  key: 'bigint',
  real: 'double precision',
  bytewise: 'collate "C"',
  keyed: '',
  roomy: 'with (fillfactor = 60)',
};

function statements({ key, real, bytewise, keyed, roomy }: Words): readonly string[] {
  return [
    `create table activity_terms (
      term ${key} primary key, field text not null, value text not null, folded text not null, rows bigint not null,
      unique (field, value)
    )`,
    `create table activity_rows (
      leaf_index ${key} primary key, at_ms bigint not null, id text ${bytewise} not null,
      total_ms ${real} not null, cost_micros bigint not null
    )`,
    'create index activity_rows_id on activity_rows (id)',
    'create index activity_rows_at on activity_rows (at_ms, leaf_index, total_ms, cost_micros)',
    'create index activity_rows_total on activity_rows (total_ms, leaf_index, at_ms)',
    'create index activity_rows_cost on activity_rows (cost_micros, leaf_index, at_ms)',
    `create table activity_docs (leaf_index ${key} primary key, doc text not null)`,
    `create table activity_postings (
      term bigint not null, at_ms bigint not null, leaf_index bigint not null, primary key (term, at_ms, leaf_index)
    ) ${keyed}`,
    `create table activity_ends (end_index ${key} primary key, leaf_index bigint not null)`,
    'create index activity_ends_row on activity_ends (leaf_index)',
    `create table activity_sums (
      level integer not null, part integer not null, application bigint not null, bucket_ms bigint not null,
      sums text not null, primary key (level, part, application, bucket_ms)
    ) ${roomy}`,
    `create table activity_names (
      level integer not null, application bigint not null, dimension integer not null, bucket_ms bigint not null,
      name bigint not null, total bigint not null, primary key (level, application, dimension, bucket_ms, name)
    ) ${roomy}`,
    `create table activity_administration (
      leaf_index ${key} primary key, at_ms bigint not null, id text not null, action text not null, subject text not null
    )`,
    'create index activity_administration_at on activity_administration (at_ms, leaf_index)',
    `create table activity_renewed (
      renewed text not null, key text not null, primary key (renewed, key)
    ) ${keyed}`,
  ];
}
