/** The database's schema as an ordered list of steps. A step that was released is never edited: a new one follows it. */
import { type Kysely, sql } from 'kysely';
import { EMPTY_ROOT } from '../../tlog/hashes.ts';
import { createAdministratorTables } from './create-administrator-tables.ts';
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
  { name: '0004-siem-cursors', up: createSiemCursorTable },
  { name: '0005-subject-rights', up: createSubjectRightsTables },
  { name: '0006-witnesses', up: createLogKeys },
  { name: '0007-idempotency', up: createIdempotentAnswers },
  { name: '0008-administrators', up: createAdministratorTables },
  { name: '0009-approvals', up: createCases('approvals') },
  { name: '0010-directory', up: createDirectory },
  { name: '0011-contests', up: createCases('contests') },
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
  const bytes = sql.raw(dialect === 'sqlite' ? 'blob' : 'bytea');
  const createdAs = sql.raw(dialect === 'sqlite' ? 'without rowid' : '');
  await sql`create table audit (
    leaf_index bigint primary key, instance text not null, sequence bigint not null, kind text not null,
    id text not null, at_ms bigint not null, identity text, erased_by bigint
  )`.execute(database);
  await sql`create index audit_id on audit (id)`.execute(database);
  await sql`create index audit_at on audit (at_ms)`.execute(database);
  await sql`create table audit_instances (instance text primary key, last_sequence bigint not null)`.execute(
    database,
  );
  await sql`create table audit_open (instance text not null, id text not null, primary key (instance, id))`.execute(
    database,
  );
  await sql`create table audit_identities (
    id text primary key, subject text not null, wrapped_key ${bytes} not null, sealed ${bytes} not null
  )`.execute(database);
  await sql`create index audit_identities_subject on audit_identities (subject)`.execute(database);
  await sql`create index audit_identity on audit (identity) where identity is not null`.execute(database);
  await sql`create table audit_subjects (
    subject text not null, leaf_index bigint not null, primary key (subject, leaf_index)
  ) ${createdAs}`.execute(database);
  await sql`create table audit_content (
    leaf_index bigint primary key, subjects text not null, wrapped_key ${bytes} not null, sealed ${bytes} not null
  )`.execute(database);
  await sql`create table log_leaves (leaf_index bigint primary key, leaf text not null)`.execute(database);
  await sql`create table log_bundles (bundle_index bigint primary key, entries ${bytes} not null)`.execute(
    database,
  );
  await sql`create table log_tiles (
    level integer not null, tile_index bigint not null, hashes ${bytes} not null, primary key (level, tile_index)
  ) ${createdAs}`.execute(database);
  // Apart, since whoever appends waits for the first, and whoever integrates for the second.
  await sql`create table log_counter (one integer primary key, sequenced bigint not null)`.execute(database);
  await database.insertInto('log_counter').values({ one: 1, sequenced: 0 }).execute();
  await sql`create table log_tree (one integer primary key, size bigint not null, root ${bytes} not null)`.execute(
    database,
  );
  await database
    .insertInto('log_tree')
    .values({ one: 1, size: 0, root: Buffer.from(EMPTY_ROOT) })
    .execute();
  await sql`create table log_checkpoints (size bigint primary key, at_ms bigint not null, note text not null)`.execute(
    database,
  );
}

async function createSiemCursorTable(database: Kysely<Tables>): Promise<void> {
  await sql`create table siem_cursors (
    destination text primary key, position bigint not null, sent bigint not null, rejected bigint not null,
    rejected_positions text not null, delivered_at_ms bigint, failure text, failing_since_ms bigint,
    generation bigint not null, holder text not null, lease_until_ms bigint not null
  )`.execute(database);
}

async function createLogKeys(database: Kysely<Tables>): Promise<void> {
  await sql`create table log_keys (
    generation integer primary key, entry bigint not null, overlap_until_ms bigint not null,
    size bigint not null, at_ms bigint not null, note text not null
  )`.execute(database);
}

async function createSubjectRightsTables(database: Kysely<Tables>, dialect: SqlDialect): Promise<void> {
  const bytes = sql.raw(dialect === 'sqlite' ? 'blob' : 'bytea');
  const createdAs = sql.raw(dialect === 'sqlite' ? 'without rowid' : '');
  await sql`create table audit_vault (
    leaf_index bigint not null, subject text not null, wrapped_key ${bytes} not null, sealed ${bytes} not null,
    primary key (leaf_index, subject)
  )`.execute(database);
  await sql`create index audit_vault_subject on audit_vault (subject)`.execute(database);
  await sql`create table erasures (
    id text primary key, at_ms bigint not null, basis text not null, leaf_index bigint
  )`.execute(database);
  await sql`create table erased_keys (
    key_id text not null, erasure text not null, primary key (key_id, erasure)
  ) ${createdAs}`.execute(database);
  await sql`create table erased_leaves (
    erasure text not null, leaf_index bigint not null, primary key (erasure, leaf_index)
  ) ${createdAs}`.execute(database);
  await sql`create index erased_leaves_index on erased_leaves (leaf_index)`.execute(database);
  await sql`create table retention_runs (one integer primary key, at_ms bigint not null)`.execute(database);
  await database.insertInto('retention_runs').values({ one: 1, at_ms: 0 }).execute();
  await sql`create table holds (
    id text primary key, created_at_ms bigint not null, application text, from_ms bigint, to_ms bigint,
    sealed ${bytes} not null
  )`.execute(database);
}

async function createIdempotentAnswers(database: Kysely<Tables>, dialect: SqlDialect): Promise<void> {
  const bytes = sql.raw(dialect === 'sqlite' ? 'blob' : 'bytea');
  await sql`create table idempotent_answers (
    id text primary key, digest text not null, at_ms bigint not null, sealed ${bytes}
  )`.execute(database);
  await sql`create index idempotent_answers_at on idempotent_answers (at_ms)`.execute(database);
}

function createCases(table: 'approvals' | 'contests'): Migration['up'] {
  return async (database, dialect) => {
    const bytes = sql.raw(dialect === 'sqlite' ? 'blob' : 'bytea');
    const [name, index] = [sql.ref(table), sql.ref(`${table}_interaction`)];
    await sql`create table ${name} (
      id text primary key, interaction text not null, at_ms bigint not null, version integer not null,
      sealed ${bytes} not null
    )`.execute(database);
    await sql`create index ${index} on ${name} (interaction)`.execute(database);
  };
}

async function createDirectory(database: Kysely<Tables>): Promise<void> {
  await sql`create table directory (
    kind text not null, id text primary key, name text not null, version integer not null,
    created_at_ms bigint not null, modified_at_ms bigint not null, content text not null, unique (kind, name)
  )`.execute(database);
}
