/** The index's own file: written by one thread, and read by another. What cannot be read is thrown away and made again. */
import { rmSync } from 'node:fs';
import type { ActivityDatabase, ActivitySql, Each, SqlValue } from '../sql/activity/activity-sql.ts';
import { openConnection, type SqliteConnection } from './connection.ts';

const BUSY_TIMEOUT_MS = 2_000;
const RETRY_AFTER_MS = 20;
const TURN_WAIT_MS = 60_000;
const CACHE_KIB = 64 * 1024;

export function openSqliteActivityDatabase(file: string): ActivityDatabase {
  const connection = openOrReplace(file);
  const sql = createSql(connection);
  let isBusy = false;

  async function transaction<T>(work: (sql: ActivitySql) => Promise<T>): Promise<T> {
    isBusy = true;
    try {
      connection.exec('begin immediate');
      try {
        const result = await work(sql);
        connection.exec('commit');
        return result;
      } catch (error) {
        if (connection.inTransaction) connection.exec('rollback');
        throw error;
      }
    } finally {
      isBusy = false;
    }
  }

  return {
    ...sql,
    async exclusively(work) {
      if (isBusy) return undefined;
      try {
        return await transaction(work);
      } catch (error) {
        if (isLocked(error)) return undefined;
        throw error;
      }
    },
    async inTurn(work) {
      const deadline = performance.now() + TURN_WAIT_MS;
      for (;;) {
        try {
          if (!isBusy) return await transaction(work);
        } catch (error) {
          if (!isLocked(error) || performance.now() > deadline) throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
      }
    },
    // Whatever the sizes, one index fits each statement.
    analyze: () => Promise.resolve(),
    async close() {
      connection.close();
    },
  };
}

/** After a power cut the last pages may be missing: they are read from the record again. */
function openOrReplace(file: string): SqliteConnection {
  try {
    return open(file);
  } catch (error) {
    if (!isBroken(error)) throw error;
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
    return open(file);
  }
}

function open(file: string): SqliteConnection {
  const connection = openConnection({ file }, 'NORMAL', BUSY_TIMEOUT_MS);
  connection.pragma(`cache_size = -${CACHE_KIB}`);
  connection.pragma('secure_delete = on');
  connection.pragma('temp_store = memory');
  connection.prepare('select count(*) from sqlite_master').get();
  return connection;
}

function createSql(connection: SqliteConnection): ActivitySql {
  const write = (text: string, rows: readonly (readonly SqlValue[])[]): void => {
    const statement = connection.prepare(text);
    for (const row of rows) statement.run(row);
  };
  return {
    dialect: 'sqlite',
    all: async <Row>(text: string, values: readonly SqlValue[] = []) =>
      connection.prepare<SqlValue[], Row>(text).all(...values),
    async run(text, values = []) {
      connection.prepare(text).run(...values);
    },
    async insert({ into, types, rows, conflict = '' }) {
      if (rows.length > 0) write(`${into} values (${types.map(() => '?').join(', ')}) ${conflict}`, rows);
    },
    async each<Row>({ one, rows }: Each) {
      if (rows.length === 0) return [];
      const statement = connection.prepare<SqlValue[], Row>(one);
      if (statement.reader) return rows.flatMap((row) => statement.all(...row));
      for (const row of rows) statement.run(...row);
      return [];
    },
  };
}

function isLocked(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY');
}

function isBroken(error: unknown): boolean {
  return ['SQLITE_CORRUPT', 'SQLITE_NOTADB'].some((code) => codeOf(error).startsWith(code));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
