/** The index of the embedded database, and the record that it follows, read without any lock. */
import { join } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import type { ActivityStore } from '../../governance/activity/store.ts';
import { openActivityStore } from '../sql/activity/activity-store.ts';
import { createSpool, type Spool } from '../sql/activity/spool.ts';
import { createLeafReader } from '../sql/leaf-reader.ts';
import type { Tables } from '../sql/tables.ts';
import { openSqliteActivityDatabase } from './activity-database.ts';
import { openReadOnly } from './connection.ts';

const BUSY_TIMEOUT_MS = 1_000;

export function openSqliteActivity(directory: string): Promise<ActivityStore> {
  return openActivityStore(openSqliteActivityDatabase(join(directory, 'activity.sqlite')));
}

export function openSqliteSpool(directory: string): Spool {
  const connection = openReadOnly(join(directory, 'bartizan.sqlite'), BUSY_TIMEOUT_MS);
  const queries = new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) });
  return createSpool(queries, createLeafReader(queries), async () => {
    await queries.destroy();
    if (connection.open) connection.close();
  });
}
