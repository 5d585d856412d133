/** Brings a database's schema up to date: once, however many replicas start at the same moment. */
import { type Kysely, sql } from 'kysely';
import { MIGRATIONS, type SqlDialect } from './migrations.ts';
import type { Tables } from './tables.ts';

/** Any number does, if nothing else locks it: "bartizan" in hexadecimal digits of its letters. */
export const MIGRATION_LOCK = 0x62_61_72_74_69_7a;

/** @throws where the database was written by a newer version, which this one could damage. */
export async function migrate(database: Kysely<Tables>, dialect: SqlDialect): Promise<void> {
  await database.connection().execute(async (connection) => {
    await sql.raw(dialect === 'sqlite' ? 'begin immediate' : 'begin').execute(connection);
    try {
      if (dialect === 'postgres')
        await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(connection);
      await applyMissing(connection, dialect);
      await sql`commit`.execute(connection);
    } catch (error) {
      await sql`rollback`.execute(connection);
      throw error;
    }
  });
}

async function applyMissing(connection: Kysely<Tables>, dialect: SqlDialect): Promise<void> {
  await sql`create table if not exists schema_migrations (name text primary key)`.execute(connection);
  const { rows } = await sql<{ name: string }>`select name from schema_migrations`.execute(connection);
  const applied = new Set(rows.map(({ name }) => name));
  for (const migration of MIGRATIONS) {
    if (applied.delete(migration.name)) continue;
    await migration.up(connection, dialect);
    await sql`insert into schema_migrations (name) values (${migration.name})`.execute(connection);
  }
  if (applied.size > 0) {
    throw new Error(
      `the database was written by a newer version of Bartizan (it has ${[...applied].join(', ')})`,
    );
  }
}
