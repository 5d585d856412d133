/** The embedded database as the repositories need it; other processes' changes are seen by polling. */
import { Kysely, SqliteDialect } from 'kysely';
import { createRevisionWatch, countChange } from '../sql/revision-watch.ts';
import type { SqlDatabase } from '../sql/sql-database.ts';
import type { Tables } from '../sql/tables.ts';
import type { SqliteConnection } from './connection.ts';
import { withPreparedStatements } from './prepared-statements.ts';
import { writeTransaction } from './write-transaction.ts';

const POLL_EVERY_MS = 250;
const CHANGE_WAIT_MS = 5_000;

export interface SqliteDatabase extends SqlDatabase {
  close(): Promise<void>;
}

export function createSqliteDatabase(connection: SqliteConnection): SqliteDatabase {
  const queries = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: withPreparedStatements(connection) }),
  });
  const watch = createRevisionWatch();
  const revisions = connection.prepare<[], { kind: string; revision: number }>(
    'select kind, revision from revisions',
  );
  const observe = () => watch.observe(revisions.all());
  const stopPolling = pollForChanges(connection, observe);
  observe();

  return {
    queries,
    onChange: watch.onChange,
    change: (kind, work) =>
      writeTransaction(
        queries,
        CHANGE_WAIT_MS,
        async (connected) => {
          const isChange = await work(connected);
          if (isChange) await countChange(connected, kind);
          return isChange;
        },
        observe,
      ),
    write: (work) => writeTransaction(queries, CHANGE_WAIT_MS, work),
    async close() {
      stopPolling();
      await queries.destroy();
      connection.close();
    },
  };
}

/** `data_version` moves with every commit of another connection, the audit log's too: so the revisions decide. */
function pollForChanges(connection: SqliteConnection, observe: () => void): () => void {
  const dataVersion = connection.prepare<[], number>('pragma data_version').pluck();
  let seen = dataVersion.get();
  const timer = setInterval(() => {
    // Between another task's begin and commit, this connection would read its own unfinished work.
    if (connection.inTransaction) return;
    const version = dataVersion.get();
    if (version === seen) return;
    seen = version;
    observe();
  }, POLL_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
