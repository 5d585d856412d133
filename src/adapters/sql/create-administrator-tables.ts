/** Makes the tables of those who administer the house. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from './tables.ts';

export async function createAdministratorTables(database: Kysely<Tables>): Promise<void> {
  await sql`create table administrators (
    sign_in_name text primary key, id text not null, reference text not null unique,
    display_name text not null, source text not null, subject text,
    assignments text not null, provider_assignments text not null, password_hash text, totp_sealed text,
    totp_enrolled_at_ms bigint, totp_step bigint not null, created_at_ms bigint not null, disabled_at_ms bigint,
    last_sign_in_at_ms bigint, is_owner integer not null
  )`.execute(database);
  await sql`create unique index administrators_subject on administrators (source, subject)
    where subject is not null`.execute(database);
  await sql`create table administrators_order (one integer primary key, changes bigint not null)`.execute(
    database,
  );
  await database.insertInto('administrators_order').values({ one: 1, changes: 0 }).execute();
  await sql`create table administrator_passkeys (
    id text primary key, administrator text not null, name text not null, public_key text not null,
    counter bigint not null, transports text not null, is_backed_up integer not null,
    created_at_ms bigint not null, last_used_at_ms bigint
  )`.execute(database);
  await sql`create index administrator_passkeys_of on administrator_passkeys (administrator)`.execute(
    database,
  );
  await sql`create table administrator_recovery_codes (
    administrator text not null, hash text not null, primary key (administrator, hash)
  )`.execute(database);
  await sql`create table administrator_sessions (
    id text primary key, hash text not null unique, administrator text not null, created_at_ms bigint not null,
    authenticated_at_ms bigint not null, last_seen_at_ms bigint not null, expires_at_ms bigint not null,
    address text not null, user_agent text not null, methods text not null
  )`.execute(database);
  await sql`create index administrator_sessions_of on administrator_sessions (administrator)`.execute(
    database,
  );
  await sql`create table administrator_tokens (
    id text primary key, hash text not null unique, administrator text not null, name text not null,
    hint text not null, permissions text, created_at_ms bigint not null, expires_at_ms bigint not null,
    last_used_at_ms bigint
  )`.execute(database);
  await sql`create index administrator_tokens_of on administrator_tokens (administrator)`.execute(database);
  await sql`create table administrator_tickets (
    hash text primary key, kind text not null, administrator text not null, data text not null,
    expires_at_ms bigint not null, failures bigint not null
  )`.execute(database);
  await sql`create index administrator_tickets_of on administrator_tickets (administrator, kind)`.execute(
    database,
  );
  await sql`create table sign_in_failures (
    key text primary key, failures bigint not null, last_at_ms bigint not null
  )`.execute(database);
}
