/** The index in PostgreSQL, and the record that it follows. */
import { Kysely, PostgresDialect } from 'kysely';
import type { ActivityStore } from '../../governance/activity/store.ts';
import { openActivityStore } from '../sql/activity/activity-store.ts';
import { createSpool, type Spool } from '../sql/activity/spool.ts';
import { createLeafReader } from '../sql/leaf-reader.ts';
import type { Tables } from '../sql/tables.ts';
import { openPostgresActivityDatabase } from './activity-database.ts';
import { createPool } from './pool.ts';

const QUERY_TIMEOUT_MS = 8_000;
const CONNECTIONS = 3;

export function openPostgresActivity(url: string): Promise<ActivityStore> {
  return openActivityStore(openPostgresActivityDatabase(url, QUERY_TIMEOUT_MS, CONNECTIONS));
}

export function openPostgresSpool(url: string): Spool {
  const queries = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: createPool(url, QUERY_TIMEOUT_MS, 1) }),
  });
  return createSpool(queries, createLeafReader(queries), () => queries.destroy());
}
