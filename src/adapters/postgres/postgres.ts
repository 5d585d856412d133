/** The database for many replicas: state and audit log in PostgreSQL. Limit counters are kept elsewhere. */
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { Clock } from '../../base/clock.ts';
import { createAuditReader } from '../sql/audit-reader.ts';
import { createLeafReader } from '../sql/leaf-reader.ts';
import { addLogKey, createLogReader, createPublish } from '../sql/log-reader.ts';
import { migrate } from '../sql/migrate.ts';
import { countChange, createRevisionWatch, type RevisionWatch } from '../sql/revision-watch.ts';
import type { SqlDatabase } from '../sql/sql-database.ts';
import { createSqlAdministratorStore } from '../sql/sql-administrator-store.ts';
import { createSqlCaseStore } from '../sql/sql-case-store.ts';
import { createSqlConfigurationStore } from '../sql/sql-configuration-store.ts';
import { createSqlCredentialStore } from '../sql/sql-credential-store.ts';
import { createSqlDirectoryStore } from '../sql/sql-directory-store.ts';
import { createSqlHoldStore } from '../sql/sql-hold-store.ts';
import { createSqlIdempotencyStore } from '../sql/sql-idempotency-store.ts';
import { createSqlRetentionStore } from '../sql/sql-retention-store.ts';
import { createSqlSecretStore } from '../sql/sql-secret-store.ts';
import { createSqlSiemCursors } from '../sql/sql-siem-cursors.ts';
import { createSqlSubjectStore } from '../sql/sql-subject-store.ts';
import { createWrappedKeys } from '../sql/wrapped-keys.ts';
import type { Stores } from '../sql/stores.ts';
import type { Tables } from '../sql/tables.ts';
import { CHANNEL, openChangeChannel } from './change-channel.ts';
import { createIntegrate } from './integrate.ts';
import { createPool } from './pool.ts';
import { createPostgresAuditStore } from './postgres-audit-store.ts';
import { openPostgresKeyStore } from './postgres-key-store.ts';
import { createPostgresUsageStore } from './postgres-usage-store.ts';

export interface PostgresSettings {
  readonly url: string;
  /** Where the keys of subjects are kept, so that a backup of the record need not hold them; the same where absent. */
  readonly keysUrl?: string | undefined;
  /** Names this replica in the log; no two that run at once may have the same. */
  readonly instance: string;
  readonly clock: Clock;
  readonly maxConnections?: number;
  /** Entries that may wait for their commit before further ones are refused. */
  readonly maxWaiting?: number;
}

/** Any number does that nothing else locks: letters of the name, as bytes. */
const MIGRATION_LOCK = 0x62_61_72_74_69_7a;
const QUERY_TIMEOUT_MS = 10_000;
const MIGRATION_TIMEOUT_MS = 120_000;
const MAX_CONNECTIONS = 10;
const MAX_WAITING = 20_000;

export async function openPostgresStores(settings: PostgresSettings): Promise<Stores> {
  const { url, instance, clock, maxConnections = MAX_CONNECTIONS, maxWaiting = MAX_WAITING } = settings;
  await migrateAt(url);
  const pool = createPool(url, QUERY_TIMEOUT_MS, maxConnections);
  const queries = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const watch = createRevisionWatch();
  const channel = await openChangeChannel(url, watch);
  const database = createDatabase(queries, watch);
  const leaves = createLeafReader(queries);
  const reader = createAuditReader(queries, leaves, instance);
  const audit = createPostgresAuditStore({ pool, reader, instance, maxWaiting });
  const keys = await openPostgresKeyStore(settings.keysUrl ?? url);
  return {
    credentials: createSqlCredentialStore(database),
    configurations: createSqlConfigurationStore(database),
    secrets: createSqlSecretStore(database),
    audit,
    log: {
      ...createLogReader(queries, leaves),
      integrate: createIntegrate(pool),
      publish: createPublish(queries),
      addKey: (key) => addLogKey(queries, key),
    },
    keys,
    wrappedKeys: createWrappedKeys(database),
    subjects: createSqlSubjectStore(database),
    holds: createSqlHoldStore(database),
    approvals: createSqlCaseStore(database, 'approvals'),
    contests: createSqlCaseStore(database, 'contests'),
    directory: createSqlDirectoryStore(database),
    idempotency: createSqlIdempotencyStore(database),
    retention: createSqlRetentionStore(database),
    usage: createPostgresUsageStore(database, clock),
    siemCursors: createSqlSiemCursors(database),
    administrators: createSqlAdministratorStore(database),
    async close() {
      await audit.close();
      await keys.close();
      await channel.close();
      await queries.destroy();
    },
  };
}

function createDatabase(queries: Kysely<Tables>, watch: RevisionWatch): SqlDatabase {
  return {
    queries,
    onChange: watch.onChange,
    write: (work) => queries.transaction().execute(work),
    async change(kind, work) {
      // Whoever made the change hears of it like everybody else: from the channel.
      return queries.transaction().execute(async (transaction) => {
        const isChange = await work(transaction);
        if (isChange) {
          await countChange(transaction, kind);
          await sql`select pg_notify(${CHANNEL}, ${kind})`.execute(transaction);
        }
        return isChange;
      });
    },
  };
}

async function migrateAt(url: string): Promise<void> {
  const pool = createPool(url, MIGRATION_TIMEOUT_MS, 1);
  const database = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await database.transaction().execute(async (transaction) => {
      await sql`select pg_advisory_xact_lock(${MIGRATION_LOCK})`.execute(transaction);
      await migrate(transaction, 'postgres');
    });
  } finally {
    await database.destroy();
  }
}
