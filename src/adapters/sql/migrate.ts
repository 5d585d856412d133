/** Brings a database's schema up to date: once, however many replicas start at the same moment. */
import { sql } from 'kysely';
import { MIGRATIONS, type SqlDialect } from './migrations.ts';
import type { Writing } from './sql-database.ts';

/**
 * MUST run inside a transaction that no other replica's migration can overlap.
 * @throws where the database was written by a newer version, which this one could damage
 */
export async function migrate(connection: Writing, dialect: SqlDialect): Promise<void> {
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
