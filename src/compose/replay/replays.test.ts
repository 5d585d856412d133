/** Threads that replay: what becomes of them when a replay ends, fails, or the house closes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Stores } from '../../adapters/sql/stores.ts';
import { openSqliteStores } from '../../adapters/sqlite/sqlite.ts';
import { systemClock } from '../../base/clock.ts';
import { replayOrderSchema } from '../../contract/api/guardrails.ts';
import { readyDraft } from '../../control-plane/guardrails/draft.ts';
import { SCANNERS } from '../scanners.ts';
import { createReplays, type Replays } from './replays.ts';

const { signal } = new AbortController();
const directory = mkdtempSync(join(tmpdir(), 'bartizan-replays-'));
const threads: Worker[] = [];
const note = (thread: Worker): void => {
  if (thread.threadName === 'replay') threads.push(thread);
};
const hasEnded = ({ threadId }: Worker) => threadId === -1;

let stores: Stores;
let replays: Replays;
beforeAll(async () => {
  process.on('worker', note);
  stores = await openSqliteStores({ directory, instance: 'one', clock: systemClock });
});
afterAll(async () => {
  process.off('worker', note);
  await stores.close();
  rmSync(directory, { recursive: true, force: true });
});
beforeEach(() => {
  threads.length = 0;
  replays = createReplays();
});
afterEach(() => replays.stop());

/** Of a record in which nothing is. */
async function replayed(at = directory, by = replays): Promise<number> {
  const value = { scanner: 'keywords', action: 'block', config: { lists: { words: ['bluebird'] } } };
  const order = replayOrderSchema.parse({ draft: { name: 'words', value } });
  const { guardrail } = readyDraft(SCANNERS, order.draft);
  const place = {
    directory: at,
    keysDirectory: undefined,
    databaseUrl: undefined,
    keysDatabaseUrl: undefined,
  };
  const reach = { kind: 'everything' } as const;
  const settings = { place, masterKeys: [], providers: {}, guardrail, order, reach };
  for await (const event of by.start(settings, signal)) if (event.kind === 'done') return event.looked;
  throw new Error('it did not end');
}

test('one after the other has the same thread', async () => {
  for (let index = 0; index < 3; index++) expect(await replayed()).toBe(0);
  expect(threads).toHaveLength(1);
});

test('two at once have two, of which one stays', async () => {
  await Promise.all([replayed(), replayed()]);
  expect(threads).toHaveLength(2);
  expect(threads.filter(hasEnded)).toHaveLength(1);
});

test('one that fails says so, and the next has a new thread', async () => {
  await expect(replayed(join(directory, 'nowhere'))).rejects.toThrow(/directory does not exist/);
  expect(await replayed()).toBe(0);
  expect(threads.map(hasEnded)).toEqual([true, false]);
});

test('a thread that nobody asks for long ends, and every one when the house closes', async () => {
  const short = createReplays(100);
  await replayed(directory, short);
  await replayed();
  await expect.poll(() => threads.map(hasEnded)).toEqual([true, false]);
  expect(await replayed(directory, short)).toBe(0);
  await Promise.all([short.stop(), replays.stop()]);
  expect(threads.map(hasEnded)).toEqual([true, true, true]);
});

test('more than a few at once are refused, and so is one when the house has closed', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => replayed()));
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(refused.map(({ code }: { code: string }) => code)).toEqual(['overloaded', 'overloaded']);
  expect(await replayed()).toBe(0);
  await replays.stop();
  await expect(replayed()).rejects.toThrow('stopped');
});

test('one that says nothing for too long is ended', async () => {
  const impatient = createReplays(0, 1);
  await expect(replayed(directory, impatient)).rejects.toThrow('ended');
  await expect.poll(() => threads.every(hasEnded)).toBe(true);
});
