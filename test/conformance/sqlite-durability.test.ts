/** SQLite: shared commits, failed commits, a full disk, a dead thread, a killed process, two processes at once. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import { openSqliteStores, type SqliteSettings } from '../../src/adapters/sqlite/sqlite.ts';
import { systemClock } from '../../src/base/clock.ts';
import { idOf, interaction, isGapless } from './records.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'bartizan-durability-'));
});
const opened: Stores[] = [];
afterEach(async () => {
  for (const stores of opened.splice(0)) await stores.close();
  rmSync(directory, { recursive: true, force: true });
});

async function open(settings: Partial<SqliteSettings> = {}) {
  const stores = await openSqliteStores({ directory, instance: 'one', clock: systemClock, ...settings });
  opened.push(stores);
  return stores;
}
const database = () => new Database(join(directory, 'bartizan.sqlite'));

/** Commits in the write-ahead log: the frames whose header says how large the database is then (SQLite file format §4.1). */
function commits(): number {
  const log = readFileSync(join(directory, 'bartizan.sqlite-wal'));
  if (log.length === 0) return 0;
  const pageBytes = log.readUInt32BE(8);
  let found = 0;
  for (let at = 32; at + 24 + pageBytes <= log.length; at += 24 + pageBytes) {
    const isOfThisLog = log.subarray(at + 8, at + 16).equals(log.subarray(16, 24));
    if (isOfThisLog && log.readUInt32BE(at + 4) > 0) found++;
  }
  return found;
}

test('many appends share a commit', async () => {
  const stores = await open();
  const before = commits();
  await Promise.all(Array.from({ length: 200 }, (_, index) => stores.audit.append(interaction(`r${index}`))));
  const shared = commits() - before;
  expect(shared).toBeGreaterThan(0);
  expect(shared).toBeLessThanOrEqual(3);
});

test('after a failed commit all who wait are told no, and no number is skipped', async () => {
  const stores = await open();
  await stores.audit.append(interaction('first'));
  const outside = database();
  outside.exec(
    `create trigger failing before insert on audit when new.id = 'poison' begin select raise(abort, 'no'); end`,
  );
  const results = await Promise.allSettled(
    ['a', 'b', 'poison', 'c'].map((id) => stores.audit.append(interaction(id, 'released'))),
  );
  expect(results.map(({ status }) => status)).toEqual(Array(4).fill('rejected'));
  expect((await stores.audit.append(interaction('second'))).sequence).toBe(2);
  const entries = await stores.audit.read({ limit: 10 });
  expect(entries.map((entry) => [idOf(entry), entry.sequence])).toEqual([
    ['first', 1],
    ['second', 2],
  ]);
  expect(await stores.audit.unfinished()).toEqual([]);
  outside.close();
});

test('a full disk refuses entries and loses none that it acknowledged', async () => {
  let stores = await open({ maxBytes: 256 * 1024 });
  const acknowledged: number[] = [];
  let failure: unknown;
  for (let index = 0; index < 5_000 && failure === undefined; index++) {
    await stores.audit.append(interaction(`r${index}`)).then(
      ({ sequence }) => acknowledged.push(sequence),
      (error: unknown) => {
        failure = error;
      },
    );
  }
  expect(String(failure)).toMatch(/full/);
  expect(acknowledged.length).toBeGreaterThan(20);
  await stores.close();
  stores = await open();
  expect((await stores.audit.append(interaction('after'))).sequence).toBe(acknowledged.length + 1);
});

test('a lock that another process holds for a moment is waited for', async () => {
  const stores = await open();
  const outside = database();
  outside.exec('begin immediate');
  const appended = stores.audit.append(interaction('waiting'));
  const changed = stores.secrets.put({ name: 'a', sealed: 'b', masterKeyId: 'k', updatedAtMs: 1 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  outside.exec('commit');
  expect((await appended).sequence).toBe(1);
  await changed;
  outside.close();
});

test('more entries than may wait are refused', async () => {
  const stores = await open({ maxWaiting: 10 });
  const results = await Promise.allSettled(
    Array.from({ length: 15 }, (_, index) => stores.audit.append(interaction(`r${index}`))),
  );
  expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(5);
  expect((await stores.audit.append(interaction('later'))).sequence).toBe(11);
});

test('a writer thread that dies refuses all who wait, and is started again', async () => {
  const workers: Worker[] = [];
  const remember = (worker: Worker) => workers.push(worker);
  process.on('worker', remember);
  const stores = await open();
  await stores.audit.append(interaction('before'));
  const waiting = [0, 1, 2].map((index) => stores.audit.append(interaction(`r${index}`)));
  const usage = stores.usage.add([], 'batch');
  const settled = Promise.allSettled(waiting);
  // It was handed over at once, so the thread may have come to it before it died.
  const told = usage.then(
    () => 'told',
    () => 'told',
  );
  // The writer is started first, the thread that writes the journal back second.
  await workers[0]?.terminate();
  expect((await settled).map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
  expect(await told).toBe('told');
  await expect(stores.audit.append(interaction('too soon'))).rejects.toThrow(/at present/);
  await vi.waitFor(() => stores.audit.append(interaction('after')), { timeout: 5_000, interval: 100 });
  expect(workers.length).toBe(3);
  const entries = await stores.audit.read({ limit: 10 });
  expect(isGapless(entries.map(({ sequence }) => sequence))).toBe(true);
  process.off('worker', remember);
});

test('the write-ahead log is written back while entries come, by a thread that nobody waits for', async () => {
  const stores = await open();
  const size = () => statSync(join(directory, 'bartizan.sqlite')).size;
  const before = size();
  for (let round = 0; round < 10; round++)
    await Promise.all(
      Array.from({ length: 50 }, (_, index) => stores.audit.append(interaction(`${round}-${index}`))),
    );
  await vi.waitFor(() => expect(size()).toBeGreaterThan(before), { timeout: 5_000, interval: 50 });
});

test('a database that cannot be opened stops the start', async () => {
  writeFileSync(join(directory, 'file'), '');
  await expect(open({ directory: join(directory, 'file') })).rejects.toThrow();
  writeFileSync(
    join(directory, 'bartizan.sqlite'),
    'this is no database, but long enough to be taken for one '.repeat(20),
  );
  await expect(open()).rejects.toThrow(/not a database/);
});

test('a database that a newer version wrote stops the start', async () => {
  await (await open()).close();
  const outside = database();
  outside.exec(`insert into schema_migrations values ('9999-future')`);
  outside.close();
  await expect(open()).rejects.toThrow(/newer version/);
});

const script = fileURLToPath(new URL('./other-process.ts', import.meta.url));

function run(mode: string, instance: string, count = 0): ChildProcess {
  return spawn(process.execPath, [script, mode, directory, instance, String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Everything that the process says until it ends; `heard` is called as it speaks. */
function output(child: ChildProcess, heard: () => void = () => undefined): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      heard();
    });
    child.on('close', () => resolve(text));
  });
}

test('a killed process loses no entry that it was told is durable', { timeout: 60_000 }, async () => {
  for (let round = 0; round < 5; round++) {
    const child = run('append-forever', 'victim');
    let spoke = false;
    const said = await output(child, () => {
      if (spoke) return;
      spoke = true;
      setTimeout(() => child.kill('SIGKILL'), 30 + 40 * round);
    });
    // The last line may have been cut off by the kill.
    const acknowledged = said.slice(0, said.lastIndexOf('\n')).split('\n');
    expect(acknowledged.length).toBeGreaterThan(16);
    const stores = await open({ instance: 'victim' });
    const entries = await stores.audit.read({ instance: 'victim', limit: 1_000_000 });
    const kept = new Set(entries.map((entry) => `${entry.sequence} ${idOf(entry)}`));
    expect(acknowledged.filter((line) => !kept.has(line))).toEqual([]);
    expect(isGapless(entries.map(({ sequence }) => sequence))).toBe(true);
    expect(await stores.audit.unfinished()).toHaveLength(entries.length);
    await stores.close();
  }
});

test('two processes append to one log at the same time, each with numbers of its own', {
  timeout: 30_000,
}, async () => {
  const stores = await open();
  const [first, second] = [run('append', 'two', 300), run('append', 'three', 300)];
  const outputs = Promise.all([output(first), output(second)]);
  const own = Array.from({ length: 20 }, async () => {
    for (let index = 0; index < 20; index++) await stores.audit.append(interaction(`own-${index}`));
  });
  await Promise.all([outputs, ...own]);
  for (const [instance, count] of [
    ['one', 400],
    ['two', 300],
    ['three', 300],
  ] as const) {
    const entries = await stores.audit.read({ instance, limit: 1_000 });
    expect(entries).toHaveLength(count);
    expect(isGapless(entries.map(({ sequence }) => sequence))).toBe(true);
  }
});

test('two processes that reserve from one limit admit exactly as many as fit', {
  timeout: 30_000,
}, async () => {
  await (await open()).close();
  const said = await Promise.all(['two', 'three'].map((instance) => output(run('reserve', instance, 300))));
  expect(said.map(Number).reduce((sum, admitted) => sum + admitted, 0)).toBe(100);
});

test('limit counters outlive the process', async () => {
  const charge = {
    key: 'a',
    windowStartMs: 0,
    windowEndMs: Date.now() + 60_000,
    amount: 3,
    capacity: 10,
    kind: 'window',
  } as const;
  let stores = await open();
  await stores.limits.reserve('l1', [charge], Date.now());
  await stores.close();
  stores = await open();
  expect(await stores.limits.usage([charge], Date.now())).toEqual([3]);
});

test('a key that was destroyed is in no file any more', async () => {
  const stores = await open();
  const wrappedKey = randomBytes(48);
  const filler = (id: string) => ({
    id,
    tag: id,
    identifier: Buffer.from(id),
    wrappedKey: id === 'doomed' ? wrappedKey : Buffer.from('other'),
    masterKeyId: 'm',
    createdAtMs: 1,
  });
  for (let index = 0; index < 50; index++) await stores.keys.add(filler(`k${index}`));
  await stores.keys.add(filler('doomed'));
  const holds = () =>
    readdirSync(directory).filter((name) => readFileSync(join(directory, name)).includes(wrappedKey));
  expect(holds()).not.toEqual([]);
  await stores.keys.destroy(['doomed']);
  expect(holds()).toEqual([]);
});
