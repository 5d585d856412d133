/** The embedded database: SQLite files in one directory, for the state and the log, for limit counters, and for keys. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import type { Clock } from '../../base/clock.ts';
import { createAuditReader } from '../sql/audit-reader.ts';
import { createLeafReader } from '../sql/leaf-reader.ts';
import { addLogKey, createLogReader } from '../sql/log-reader.ts';
import { migrate } from '../sql/migrate.ts';
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
import { createDisown, createUsageReader, createUsageRemoval, toUsageRow } from '../sql/usage-rows.ts';
import { startCheckpoints } from './checkpoints.ts';
import { openConnection } from './connection.ts';
import { createSqliteDatabase } from './sqlite-database.ts';
import { openSqliteKeyStore } from './sqlite-key-store.ts';
import { openSqliteLimitStore } from './sqlite-limit-store.ts';
import { writeTransaction } from './write-transaction.ts';
import { startWriter } from './writer.ts';

export interface SqliteSettings {
  /** Made where it is missing, for its owner alone. */
  readonly directory: string;
  /** Where the keys of subjects are kept, so that a backup of the record need not hold them; the same where absent. */
  readonly keysDirectory?: string | undefined;
  /** Names this process in the log. No two processes with one directory may have the same. */
  readonly instance: string;
  readonly clock: Clock;
  /** Entries that may wait for their commit before further ones are refused. */
  readonly maxWaiting?: number;
  /** How large the state and the log may grow together; entries beyond are refused. */
  readonly maxBytes?: number;
}

/** SQLite waits for a lock by sleeping, which the main thread cannot afford for long: see writeTransaction. */
const BUSY_TIMEOUT_MS = 50;
/** Whoever rotates the log's key can wait. */
const KEY_WAIT_MS = 5_000;
const MIGRATION_WAIT_MS = 60_000;
const MAX_WAITING = 20_000;

export async function openSqliteStores(settings: SqliteSettings): Promise<Required<Stores>> {
  const { directory, instance, clock, maxBytes, maxWaiting = MAX_WAITING } = settings;
  const { keysDirectory = directory } = settings;
  for (const each of [directory, keysDirectory]) mkdirSync(each, { recursive: true, mode: 0o700 });
  const file = join(directory, 'bartizan.sqlite');
  await migrateFile(file);
  const connection = openConnection({ file, maxBytes }, 'FULL', BUSY_TIMEOUT_MS);
  // What erasing and purging delete here is overwritten with zeros; the writer thread deletes nothing that was said.
  connection.pragma('secure_delete = on');
  const database = createSqliteDatabase(connection);
  const writer = await startWriter({ file, maxBytes, instance }, maxWaiting);
  const checkpoints = startCheckpoints({ file });
  const limits = openSqliteLimitStore(join(directory, 'limits.sqlite'));
  const keys = await openSqliteKeyStore(join(keysDirectory, 'keys.sqlite'));
  const leaves = createLeafReader(database.queries);
  const reader = createAuditReader(database.queries, leaves, instance);
  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    await writer.close();
    await checkpoints.stop();
    await limits.close();
    await keys.close();
    await database.close();
  }
  return {
    credentials: createSqlCredentialStore(database),
    configurations: createSqlConfigurationStore(database),
    secrets: createSqlSecretStore(database),
    audit: { append: writer.append, ...reader, close: writer.close },
    log: {
      ...createLogReader(database.queries, leaves),
      integrate: writer.integrate,
      publish: writer.publish,
      addKey: (key) =>
        writeTransaction(database.queries, KEY_WAIT_MS, (connection) => addLogKey(connection, key)),
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
    usage: {
      add: (rows, batchId) => writer.addUsage(batchId, clock.now(), rows.map(toUsageRow)),
      disown: createDisown(database),
      remove: createUsageRemoval(database),
      read: createUsageReader(database.queries),
    },
    limits,
    siemCursors: createSqlSiemCursors(database),
    administrators: createSqlAdministratorStore(database),
    close: () => (closing ??= close()),
  };
}

async function migrateFile(file: string): Promise<void> {
  const connection = openConnection({ file }, 'FULL', BUSY_TIMEOUT_MS);
  const database = new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) });
  try {
    await writeTransaction(database, MIGRATION_WAIT_MS, (connection) => migrate(connection, 'sqlite'));
  } finally {
    await database.destroy();
  }
}
