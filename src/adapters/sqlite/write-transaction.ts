/** A write transaction on the main thread: waits for its turn without holding up the thread. */
import { type Kysely, sql } from 'kysely';
import type { Tables } from '../sql/tables.ts';

const RETRY_AFTER_MS = 10;

/**
 * Immediate: a transaction that began with reading could find itself unable to write. @throws after `waitMs`
 * `committed` runs while the connection is still ours, so that nobody else's unfinished work can be read.
 */
export function writeTransaction<T>(
  queries: Kysely<Tables>,
  waitMs: number,
  work: (connection: Kysely<Tables>) => Promise<T>,
  committed: (result: T) => void = () => undefined,
): Promise<T> {
  return queries.connection().execute(async (connection) => {
    await begin(connection, waitMs);
    let result: T;
    try {
      result = await work(connection);
      await sql`commit`.execute(connection);
    } catch (error) {
      await rollBack(connection, error);
      throw error;
    }
    committed(result);
    return result;
  });
}

async function begin(connection: Kysely<Tables>, waitMs: number): Promise<void> {
  const deadline = performance.now() + waitMs;
  for (;;) {
    try {
      await sql`begin immediate`.execute(connection);
      return;
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
    }
  }
}

/** Some errors, such as a full disk, have rolled back already. */
async function rollBack(connection: Kysely<Tables>, because: unknown): Promise<void> {
  try {
    await sql`rollback`.execute(connection);
  } catch (error) {
    if (!String(error).includes('no transaction is active')) {
      throw new AggregateError([because, error], 'a transaction could not be rolled back');
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}
