/** The keys of subjects in PostgreSQL: the record's database, or one of their own. */
import { Kysely, PostgresDialect } from 'kysely';
import type { KeyStore } from '../../modules/audit/keys.ts';
import { createKeyRows, createKeyTables, type KeyTables } from '../sql/key-rows.ts';
import { createPool } from './pool.ts';

const QUERY_TIMEOUT_MS = 10_000;
const MAX_CONNECTIONS = 2;
const UNIQUE_VIOLATION = '23505';

export async function openPostgresKeyStore(url: string): Promise<KeyStore> {
  const pool = createPool(url, QUERY_TIMEOUT_MS, MAX_CONNECTIONS);
  const database = new Kysely<KeyTables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await createKeyTables(database, 'postgres');
  } catch (error) {
    // Another replica made them at the same moment.
    if (!(error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION)) throw error;
  }
  return {
    ...createKeyRows(database),
    async destroy(ids) {
      if (ids.length === 0) return 0;
      const { numDeletedRows } = await database
        .deleteFrom('subject_keys')
        .where('id', 'in', ids)
        .executeTakeFirst();
      // A deleted row stays in its page until the table is written anew; it is small.
      await pool.query('vacuum (full) subject_keys');
      return Number(numDeletedRows);
    },
    close: () => database.destroy(),
  };
}
