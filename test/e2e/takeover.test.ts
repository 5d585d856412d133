/** Two gateways on one PostgreSQL: when the one that integrates is killed, or stops in its transaction, the other goes on. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { openOffice, type Office } from '../../src/compose/office.ts';
import { readSettings } from '../../src/config.ts';
import { openCheckpoint } from '../../src/tlog/checkpoint.ts';
import { leafHash } from '../../src/tlog/hashes.ts';
import { rootOfLeaves } from '../../src/tlog/integrate.ts';
import { parseVerifierKey } from '../../src/tlog/keys.ts';
import { createSchema } from '../conformance/backends.ts';
import { describeWithPostgres } from '../servers.ts';
import { makeHome, type ChildGateway, type Home } from './child.ts';
import { until } from './gateway.ts';

const TAKEN_OVER_WITHIN_MS = 5_000;
/** To catch a gateway in its transaction takes a while. */
const PATIENCE = { timeout: 120_000 };

describeWithPostgres('two gateways with one log', () => {
  let schema: Awaited<ReturnType<typeof createSchema>>;
  let homes: readonly [Home, Home];
  let children: [ChildGateway, ChildGateway];
  let office: Office;
  let client: pg.Client;

  beforeAll(async () => {
    schema = await createSchema();
    const masterKey = randomBytes(32).toString('base64');
    const homeOf = (instance: string) => {
      const url = new URL(schema.url);
      url.searchParams.set('application_name', instance);
      return makeHome({
        DATABASE_URL: url.href,
        BARTIZAN_INSTANCE: instance,
        BARTIZAN_MASTER_KEY: masterKey,
        // So that nobody adds an entry but this test.
        BARTIZAN_HEARTBEAT_MS: '600000',
      });
    };
    homes = [await homeOf('one'), await homeOf('two')];
    office = await openOffice(readSettings({ ...homes[0].environment, BARTIZAN_INSTANCE: 'test' }), 'test');
    client = new pg.Client({ connectionString: schema.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await office.close();
    for (const home of homes) await home.remove();
    await schema.drop();
  });
  beforeEach(async () => {
    children = await Promise.all([homes[0].start(), homes[1].start()]);
  }, 90_000);
  afterEach(async () => {
    for (const child of children) if (isAlive(child)) await child.kill();
  });

  const isAlive = ({ process }: ChildGateway) => process.exitCode === null && process.signalCode === null;

  async function append(count: number): Promise<number> {
    const receipts = await Promise.all(
      Array.from({ length: count }, (_, i) =>
        office.audit.append({
          kind: 'administration',
          id: `adm_${i}`,
          at: Date.now(),
          actor: 'test',
          action: 'test.done',
          subject: 'test',
        }),
      ),
    );
    return Math.max(...receipts.map(({ index }) => index)) + 1;
  }

  /** How long until all of the log is under a checkpoint, whose root is the right one. */
  async function publishedAfter(size: number): Promise<number> {
    const startedMs = performance.now();
    const published = await until(async () => {
      const last = await office.stores.log.checkpointAt(Number.MAX_SAFE_INTEGER);
      return last && last.size >= size ? last : undefined;
    }, 20_000);
    const tookMs = performance.now() - startedMs;
    const { checkpoint } = openCheckpoint(Buffer.from(published.note), {
      origin: office.log.origin,
      logKeys: [parseVerifierKey(office.log.verifierKey)],
    });
    const leaves = await office.stores.log.leaves(0, checkpoint.size);
    const hashes = leaves.map((leaf) => leafHash(leaf ?? new Uint8Array()));
    expect(Buffer.from(checkpoint.root)).toEqual(Buffer.from(rootOfLeaves(hashes)));
    return tookMs;
  }

  /** The gateway that holds the lock of the integration, and the connection by which it does. */
  async function integrating(): Promise<{ readonly name: string; readonly pid: number } | undefined> {
    const { rows } = await client.query<{ name: string; pid: number }>(
      `select a.application_name as name, l.pid from pg_locks l join pg_stat_activity a on a.pid = l.pid
       where l.locktype = 'advisory' and l.granted and a.application_name in ('one', 'two')`,
    );
    return rows[0];
  }

  /** Entries without end while something is waited for, so that there is always something to integrate. */
  async function underLoad<T>(work: () => Promise<T>): Promise<T> {
    let isOver = false;
    const load = (async () => {
      while (!isOver) await append(300);
    })();
    try {
      return await work();
    } finally {
      isOver = true;
      await load;
    }
  }

  /** Stopped with its transaction open; one that was stopped beside it goes on and is tried again. */
  async function stopInTransaction(): Promise<{ readonly child: ChildGateway; readonly atMs: number }> {
    return until(async () => {
      const caught = await integrating();
      if (!caught) return undefined;
      const child = children[caught.name === 'one' ? 0 : 1];
      child.process.kill('SIGSTOP');
      const atMs = performance.now();
      // What is under way in the server ends; a transaction that is open then stays so.
      await new Promise((resolve) => setTimeout(resolve, 150));
      if ((await integrating())?.pid === caught.pid) return { child, atMs };
      child.process.kill('SIGCONT');
      return undefined;
    }, 60_000);
  }

  test(
    'the other publishes within five seconds where one is killed in the middle of integrating',
    PATIENCE,
    async () => {
      await publishedAfter(await append(10));
      const holder = await underLoad(() => until(integrating, 60_000));
      await children[holder.name === 'one' ? 0 : 1].kill();
      expect(await publishedAfter(await append(10))).toBeLessThan(TAKEN_OVER_WITHIN_MS);
    },
  );

  test(
    'the other publishes within five seconds where one is stopped and holds its transaction open',
    PATIENCE,
    async () => {
      const { child: stopped, atMs } = await underLoad(stopInTransaction);
      await publishedAfter(await append(10));
      expect(performance.now() - atMs).toBeLessThan(TAKEN_OVER_WITHIN_MS);

      // Once it goes on, its connection is gone, and it takes part again.
      stopped.process.kill('SIGCONT');
      const other = children.find((child) => child !== stopped);
      await other?.kill();
      expect(await publishedAfter(await append(10))).toBeLessThan(TAKEN_OVER_WITHIN_MS * 2);
    },
  );
});
