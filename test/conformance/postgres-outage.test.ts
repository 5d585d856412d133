/** PostgreSQL: shared commits, failed commits, a connection that is lost or hangs, a server that comes back. */
import pg from 'pg';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openPostgresStores } from '../../src/adapters/postgres/postgres.ts';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import { systemClock } from '../../src/base/clock.ts';
import { newId } from '../../src/base/ids.ts';
import { describeWithPostgres } from '../servers.ts';
import { createSchema } from './backends.ts';
import { interaction, isGapless } from './records.ts';
import { createRelay, type Relay } from './severable.ts';

describeWithPostgres('the log in PostgreSQL', () => {
  let schema: Awaited<ReturnType<typeof createSchema>>;
  const applicationName = newId('outage');
  let relay: Relay;
  let stores: Stores;
  let outside: pg.Client;
  beforeEach(async () => {
    schema = await createSchema();
    // A name of its own: this suite ends its connections, and no other's.
    const url = new URL(schema.url);
    url.searchParams.set('application_name', applicationName);
    relay = await createRelay(url.href, 5432);
    stores = await openPostgresStores({ url: relay.url, instance: 'one', clock: systemClock });
    outside = new pg.Client({ connectionString: schema.url });
    await outside.connect();
  });
  afterEach(async () => {
    await relay.restore();
    await stores.close();
    await relay.close();
    await outside.end();
    await schema.drop();
  });

  const appendMany = (count: number) =>
    Promise.allSettled(
      Array.from({ length: count }, (_, index) => stores.audit.append(interaction(`r${index}`))),
    );

  test('many appends share a commit', async () => {
    await appendMany(500);
    const { rows } = await outside.query<{ commits: string }>(
      'select count(distinct xmin::text) as commits from audit',
    );
    expect(Number(rows[0]?.commits)).toBeLessThanOrEqual(3);
  });

  test('after a failed commit all who wait are told no, and no number is skipped', async () => {
    await stores.audit.append(interaction('first'));
    await outside.query(`create function fail() returns trigger language plpgsql as
      $$ begin if new.id = 'poison' then raise exception 'no'; end if; return new; end $$`);
    await outside.query('create trigger failing before insert on audit for each row execute function fail()');
    const results = await Promise.allSettled(
      ['a', 'poison', 'b'].map((id) => stores.audit.append(interaction(id, 'released'))),
    );
    expect(results.map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
    expect((await stores.audit.append(interaction('second'))).sequence).toBe(2);
    expect(await stores.audit.unfinished()).toEqual([]);
  });

  test('synchronous_commit = off is overruled', async () => {
    const url = new URL(schema.url);
    url.searchParams.set('options', `${url.searchParams.get('options')} -c synchronous_commit=off`);
    const careless = await openPostgresStores({ url: url.href, instance: 'two', clock: systemClock });
    await outside.query(`create table seen (setting text)`);
    await outside.query(`create function note() returns trigger language plpgsql as
      $$ begin insert into seen values (current_setting('synchronous_commit')); return null; end $$`);
    // Deferred: it runs at the commit, after the statement has said what it wants.
    await outside.query(`create constraint trigger noting after insert on audit
      deferrable initially deferred for each row execute function note()`);
    await careless.audit.append(interaction('a'));
    expect((await outside.query('select * from seen')).rows).toEqual([{ setting: 'on' }]);
    await careless.close();
  });

  test('while the server is away entries are refused at once; when it is back, they are taken', async () => {
    await appendMany(10);
    await relay.cut();
    const startedAt = performance.now();
    expect((await appendMany(10)).map(({ status }) => status)).toEqual(Array(10).fill('rejected'));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    await relay.restore();
    await vi.waitFor(() => stores.audit.append(interaction('back')), { timeout: 5_000 });
    const entries = await stores.audit.read({ limit: 1_000 });
    expect(isGapless(entries.map(({ sequence }) => sequence))).toBe(true);
  });

  test('connections that the server ends are replaced, and nothing that was acknowledged is lost', async () => {
    let isRunning = true;
    const acknowledged: number[] = [];
    const append = async () => {
      while (isRunning) {
        await stores.audit.append(interaction('a')).then(
          ({ sequence }) => acknowledged.push(sequence),
          () => new Promise((resolve) => setTimeout(resolve, 5)),
        );
      }
    };
    const appending = Promise.all(Array.from({ length: 8 }, append));
    for (let round = 0; round < 5; round++) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      await outside.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1`,
        [applicationName],
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 60));
    isRunning = false;
    await appending;
    const entries = await stores.audit.read({ limit: 100_000 });
    const kept = new Set(entries.map(({ sequence }) => sequence));
    expect(acknowledged.length).toBeGreaterThan(20);
    expect(acknowledged.filter((sequence) => !kept.has(sequence))).toEqual([]);
    expect(isGapless([...kept])).toBe(true);
  });

  test('a change that was missed while the connection was lost is heard of when it is back', async () => {
    const heard = vi.fn();
    stores.credentials.onChange(heard);
    await relay.cut();
    await outside.query(`update revisions set revision = revision + 1 where kind = 'credentials'`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(heard).not.toHaveBeenCalled();
    await relay.restore();
    await vi.waitFor(() => expect(heard).toHaveBeenCalled(), 3_000);
  });

  test('a change is found by polling where its notification was lost', async () => {
    const heard = vi.fn();
    stores.credentials.onChange(heard);
    await outside.query(`update revisions set revision = revision + 1 where kind = 'credentials'`);
    await vi.waitFor(() => expect(heard).toHaveBeenCalled(), 1_000);
  });

  test('a start while there is no server fails', async () => {
    await relay.cut();
    await expect(
      openPostgresStores({ url: relay.url, instance: 'two', clock: systemClock }),
    ).rejects.toThrow();
  });
});
