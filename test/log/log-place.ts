/** A log that several processes open, by what its name on a command line says: a directory or a database. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe } from 'vitest';
import { createSchema } from '../conformance/backends.ts';
import { describeWithPostgres } from '../servers.ts';

export interface LogPlace {
  /** A directory, or the address of a database. */
  readonly location: string;
  /** Resolves once nothing that a dead process began is still under way. */
  settled(): Promise<void>;
  discard(): Promise<void>;
}

export interface LogBackend {
  readonly name: string;
  readonly describe: (name: string, suite: () => void) => void;
  prepare(): Promise<LogPlace>;
}

export const sqliteLog: LogBackend = {
  name: 'SQLite',
  describe,
  async prepare() {
    const directory = mkdtempSync(join(tmpdir(), 'bartizan-log-'));
    return {
      location: directory,
      // What was not committed is gone with the process.
      settled: () => Promise.resolve(),
      discard: async () => rmSync(directory, { recursive: true, force: true }),
    };
  },
};

export const postgresLog: LogBackend = {
  name: 'PostgreSQL',
  describe: describeWithPostgres,
  async prepare() {
    const { url, drop } = await createSchema();
    return { location: url, settled: () => connectionsEnded(url), discard: drop };
  },
};

export const logBackends: readonly LogBackend[] = [sqliteLog, postgresLog];

/** The server ends the statement of a client that died before it sees that it did. */
async function connectionsEnded(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (;;) {
      // Statements alone hold locks: of this schema's tables, by anybody but the one who asks.
      const { rows } = await client.query<{ held: number }>(
        `select count(*)::int as held from pg_locks
         where pid <> pg_backend_pid() and locktype = 'relation' and relation in (
           select oid from pg_class where relnamespace = current_schema()::regnamespace)`,
      );
      if (rows[0]?.held === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  } finally {
    await client.end();
  }
}
