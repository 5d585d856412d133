/** The database's schema as an ordered list of steps. A step that was released is never edited: a new one follows it. */
import { type Kysely, sql } from 'kysely';
import { CHANGE_KINDS } from './sql-database.ts';
import type { Tables } from './tables.ts';

export type SqlDialect = 'sqlite' | 'postgres';

export interface Migration {
  readonly name: string;
  up(database: Kysely<Tables>, dialect: SqlDialect): Promise<void>;
}

export const MIGRATIONS: readonly Migration[] = [
  { name: '0001-state', up: createStateTables },
  { name: '0002-usage', up: createUsageTables },
  { name: '0003-audit', up: createAuditTables },
];

async function createStateTables(database: Kysely<Tables>): Promise<void> {
  await sql`create table credentials (
    id text primary key, hash text not null unique, hint text not null, application_id text not null,
    principal_kind text not null, principal_id text not null, scopes text not null,
    created_at_ms bigint not null, expires_at_ms bigint, revoked_at_ms bigint, replaced_by text
  )`.execute(database);
  await sql`create table configurations (
    version bigint primary key, digest text not null, tree text not null, at_ms bigint not null, actor text not null
  )`.execute(database);
  await sql`create table secrets (
    name text primary key, sealed text not null, master_key_id text not null, updated_at_ms bigint not null
  )`.execute(database);
  await sql`create table revisions (kind text primary key, revision bigint not null)`.execute(database);
  await database
    .insertInto('revisions')
    .values(CHANGE_KINDS.map((kind) => ({ kind, revision: 0 })))
    .execute();
}

async function createUsageTables(database: Kysely<Tables>): Promise<void> {
  await sql`create table usage_hours (
    hour_ms bigint not null, principal text not null, application text not null, model text not null,
    provider text not null, provider_model text not null,
    requests bigint not null, refused bigint not null, input_tokens bigint not null, output_tokens bigint not null,
    cached_input_tokens bigint not null, cost_micros bigint not null,
    primary key (hour_ms, principal, application, model, provider, provider_model)
  )`.execute(database);
  await sql`create table usage_batches (batch_id text primary key, at_ms bigint not null)`.execute(database);
  await sql`create index usage_batches_at on usage_batches (at_ms)`.execute(database);
}

async function createAuditTables(database: Kysely<Tables>, dialect: SqlDialect): Promise<void> {
  const position = sql.raw(
    dialect === 'sqlite' ? 'integer primary key autoincrement' : 'bigserial primary key',
  );
  await sql`create table audit (
    position ${position}, instance text not null, sequence bigint not null, kind text not null, id text not null,
    at_ms bigint not null, entry text not null, unique (instance, sequence)
  )`.execute(database);
  await sql`create index audit_id on audit (id)`.execute(database);
  await sql`create index audit_at on audit (at_ms)`.execute(database);
  await sql`create table audit_instances (instance text primary key, last_sequence bigint not null)`.execute(
    database,
  );
  await sql`create table audit_open (instance text not null, id text not null, primary key (instance, id))`.execute(
    database,
  );
}
