/** The keys of subjects in a file of their own, from which a destroyed one is overwritten. */
import { Kysely, SqliteDialect } from 'kysely';
import type { KeyStore } from '../../modules/audit/keys.ts';
import { createKeyRows, createKeyTables, type KeyTables } from '../sql/key-rows.ts';
import { openConnection, type SqliteConnection } from './connection.ts';

const BUSY_TIMEOUT_MS = 5_000;
const CHECKPOINT_TRIES = 50;
const CHECKPOINT_RETRY_MS = 100;

export async function openSqliteKeyStore(file: string): Promise<KeyStore> {
  const connection = openConnection({ file }, 'FULL', BUSY_TIMEOUT_MS);
  // What is deleted is overwritten with zeros.
  connection.pragma('secure_delete = on');
  const database = new Kysely<KeyTables>({ dialect: new SqliteDialect({ database: connection }) });
  await createKeyTables(database, 'sqlite');
  return {
    ...createKeyRows(database),
    async destroy(ids) {
      if (ids.length === 0) return 0;
      const { numDeletedRows } = await database
        .deleteFrom('subject_keys')
        .where('id', 'in', ids)
        .executeTakeFirst();
      await emptyJournal(connection);
      return Number(numDeletedRows);
    },
    async close() {
      await database.destroy();
      if (connection.open) connection.close();
    },
  };
}

/** Earlier versions of pages are in the write-ahead log until it is written back and cut. @throws Error where others hold it */
async function emptyJournal(connection: SqliteConnection): Promise<void> {
  for (let tries = 0; tries < CHECKPOINT_TRIES; tries++) {
    const [result] = connection.pragma('wal_checkpoint(truncate)') as { busy: number }[];
    if (result?.busy === 0) return;
    await new Promise((resolve) => setTimeout(resolve, CHECKPOINT_RETRY_MS));
  }
  throw new Error('the key is deleted, but its bytes are still in the journal of the key file: try again');
}
