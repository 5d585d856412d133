/** The places to keep things, opened fresh for a conformance suite, with what a second replica would open. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describe, test } from 'vitest';
import { openMemoryStores } from '../../src/adapters/memory/memory.ts';
import { openPostgresStores } from '../../src/adapters/postgres/postgres.ts';
import { openRedisLimitStore } from '../../src/adapters/redis/redis.ts';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import { openSqliteStores } from '../../src/adapters/sqlite/sqlite.ts';
import { systemClock } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';
import type { LimitStore } from '../../src/modules/limits/store.ts';
import { describeWithPostgres, describeWithRedis, postgresUrl, redisUrl } from '../servers.ts';

/** A place of its own: opened as often as a test wants, by one instance or by several. */
export interface Place {
  open(instance?: string): Promise<Stores>;
  /** Throws away what was kept. */
  discard(): Promise<void>;
}

export interface Backend {
  readonly name: string;
  readonly describe: (name: string, suite: () => void) => void;
  /** Whether a second opening of the same place sees what the first one kept. */
  readonly isShared: boolean;
  prepare(): Promise<Place>;
}

/** Declares a test of what replicas see of one another, which a place that is not shared does not have. */
export function testShared({ isShared }: Backend): (name: string, work: () => Promise<void>) => void {
  return (name, work) => {
    if (isShared) test(name, work);
  };
}

export const memory: Backend = {
  name: 'memory',
  describe,
  isShared: false,
  async prepare() {
    return {
      open: async (instance = 'one') => openMemoryStores({ instance }),
      discard: () => Promise.resolve(),
    };
  },
};

export const sqlite: Backend = {
  name: 'SQLite',
  describe,
  isShared: true,
  async prepare() {
    const directory = mkdtempSync(join(tmpdir(), 'bartizan-stores-'));
    return {
      open: (instance = 'one') => openSqliteStores({ directory, instance, clock: systemClock }),
      discard: async () => rmSync(directory, { recursive: true, force: true }),
    };
  },
};

export const postgres: Backend = {
  name: 'PostgreSQL',
  describe: describeWithPostgres,
  isShared: true,
  async prepare() {
    const { url, drop } = await createSchema();
    return {
      open: (instance = 'one') => openPostgresStores({ url, instance, clock: systemClock }),
      discard: drop,
    };
  },
};

export const backends: readonly Backend[] = [memory, sqlite, postgres];

/** A schema of its own in the database for tests, chosen by the address alone. */
export async function createSchema(): Promise<{ url: string; drop(): Promise<void> }> {
  const schema = `conformance_${newId('t')}`;
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: postgresUrl });
    await client.connect();
    await client.query(statement);
    await client.end();
  };
  await run(`create schema ${schema}`);
  const url = new URL(postgresUrl);
  url.searchParams.set('options', `-c search_path=${schema}`);
  return { url: url.href, drop: () => run(`drop schema ${schema} cascade`) };
}

export interface LimitBackend {
  readonly name: string;
  readonly describe: (name: string, suite: () => void) => void;
  /** Two stores over the same counters: two replicas, or the same store twice where nothing is shared. */
  prepare(): Promise<{ readonly stores: readonly [LimitStore, LimitStore]; discard(): Promise<void> }>;
}

export const limitBackends: readonly LimitBackend[] = [
  {
    name: 'memory',
    describe,
    async prepare() {
      const { limits } = openMemoryStores();
      return { stores: [limits, limits], discard: () => Promise.resolve() };
    },
  },
  {
    name: 'SQLite',
    describe,
    async prepare() {
      const place = await sqlite.prepare();
      const [first, second] = [await place.open('one'), await place.open('two')];
      if (!first.limits || !second.limits) throw new Error('SQLite keeps limits');
      return {
        stores: [first.limits, second.limits],
        async discard() {
          await first.close();
          await second.close();
          await place.discard();
        },
      };
    },
  },
  {
    name: 'Redis',
    describe: describeWithRedis,
    async prepare() {
      const settings = { url: redisUrl, prefix: newId('conformance') };
      const [first, second] = [await openRedisLimitStore(settings), await openRedisLimitStore(settings)];
      return {
        stores: [first, second],
        async discard() {
          await first.close();
          await second.close();
        },
      };
    },
  },
];
