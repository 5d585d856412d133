import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createMemoryIdempotencyStore } from '../../adapters/memory/memory-idempotency-store.ts';
import { Refusal } from '../../domain/refusal.ts';
import { createIdempotency } from './idempotency.ts';
import type { IdempotencyStore } from './store.ts';

const DAY = 86_400_000;
const key = randomBytes(32);

function roomWith(store: IdempotencyStore = createMemoryIdempotencyStore()) {
  const faults: unknown[] = [];
  let now = 10 * DAY;
  const open = () =>
    createIdempotency({
      store,
      key,
      clock: { now: () => now },
      onFault: (error) => faults.push(error),
    });
  return { ...open(), open, store, faults, pass: (ms: number) => (now += ms) };
}

const ASK = { administrator: 'ada', key: 'k', digest: 'd' };

function countingWork(answer: (time: number) => unknown = (time) => ({ time })) {
  let times = 0;
  return Object.assign(async () => answer(++times), { times: () => times });
}

test.each([
  ['an object', { id: 'x', secret: 'shown once' }],
  ['nothing', undefined],
  ['null', null],
])('%s is given twice, and the work is done once', async (_, answer) => {
  const room = roomWith();
  const work = countingWork(() => answer);
  expect(await room.once(ASK, work)).toEqual(answer);
  expect(await room.once(ASK, work)).toEqual(answer);
  expect(await room.open().once(ASK, work)).toEqual(answer);
  expect(work.times()).toBe(1);
});

test('who asks at the same time waits for the first', async () => {
  const room = roomWith();
  const work = countingWork();
  const answers = await Promise.all(Array.from({ length: 5 }, () => room.once(ASK, work)));
  expect(answers).toEqual(Array.from({ length: 5 }, () => ({ time: 1 })));
});

test('who asks at another replica at the same time is told that it is under way', async () => {
  const room = roomWith();
  let finish = () => {};
  const slow = room.once(ASK, () => new Promise<string>((resolve) => (finish = () => resolve('done'))));
  await expect(room.open().once(ASK, countingWork())).rejects.toMatchObject({ code: 'conflict' });
  finish();
  expect(await slow).toBe('done');
  expect(await room.open().once(ASK, countingWork())).toBe('done');
});

test.each([
  ['the same administrator, key and request', {}, true],
  ['another administrator', { administrator: 'bob' }, false],
  ['another key', { key: 'other' }, false],
])('%s: the answer of before %#', async (_, change, isSame) => {
  const room = roomWith();
  const work = countingWork();
  await room.once(ASK, work);
  await room.once({ ...ASK, ...change }, work);
  expect(work.times()).toBe(isSame ? 1 : 2);
});

test('the key for another request is refused, while the first is under way and after', async () => {
  const room = roomWith();
  const work = countingWork();
  const first = room.once(ASK, work);
  const other = () => room.once({ ...ASK, digest: 'other' }, work);
  await expect(other()).rejects.toMatchObject({ code: 'idempotency_conflict' });
  await first;
  await expect(other()).rejects.toMatchObject({ code: 'idempotency_conflict' });
  expect(work.times()).toBe(1);
});

test('what was refused may be asked for again', async () => {
  const room = roomWith();
  const work = countingWork((time) => {
    if (time === 1) throw new Refusal('conflict');
    return { time };
  });
  await expect(room.once(ASK, work)).rejects.toMatchObject({ code: 'conflict' });
  expect(await room.once(ASK, work)).toEqual({ time: 2 });
});

test.each([
  ['broke', () => new Error('broken')],
  ['could not be recorded', () => new Refusal('record_unavailable')],
])('of work that %s nobody knows what it did, so it is not done again', async (_, fault) => {
  const room = roomWith();
  const work = countingWork(() => {
    throw fault();
  });
  await expect(room.once(ASK, work)).rejects.toThrow();
  await expect(room.once(ASK, work)).rejects.toMatchObject({ code: 'conflict' });
  expect(work.times()).toBe(1);
});

test('after a day the key is as good as new', async () => {
  const room = roomWith();
  const work = countingWork();
  await room.once(ASK, work);
  room.pass(DAY);
  expect(await room.once(ASK, work)).toEqual({ time: 1 });
  room.pass(1);
  expect(await room.purge()).toBe(1);
  expect(await room.once(ASK, work)).toEqual({ time: 2 });
});

test('neither who asked nor what was answered stands in the store', async () => {
  const kept: string[] = [];
  const store = createMemoryIdempotencyStore();
  const room = roomWith({
    ...store,
    claim: (claim, expired) => (kept.push(JSON.stringify(claim)), store.claim(claim, expired)),
    answer: (id, sealed) => (kept.push(Buffer.from(sealed).toString('latin1')), store.answer(id, sealed)),
  });
  await room.once({ administrator: 'ada@example.com', key: 'my-key', digest: 'my-digest' }, async () => ({
    secret: 'bzn_secret',
  }));
  expect(kept.join('\n')).not.toMatch(/ada|my-key|my-digest|bzn_secret/);
});

test('an answer that was put under another key does not open', async () => {
  const store = createMemoryIdempotencyStore();
  const room = roomWith({ ...store, answer: (id) => store.answer(id, randomBytes(60)) });
  await room.once(ASK, countingWork());
  await expect(room.once(ASK, countingWork())).rejects.toThrow(/does not open/);
});

test('where the store does not answer a claim, nothing is done', async () => {
  const work = countingWork();
  const room = roomWith({
    ...createMemoryIdempotencyStore(),
    claim: () => Promise.reject(new Error('the database is gone')),
  });
  await expect(room.once(ASK, work)).rejects.toThrow('the database is gone');
  expect(work.times()).toBe(0);
});

test('where the answer cannot be kept, who asked gets it, and nobody a second one', async () => {
  const store = createMemoryIdempotencyStore();
  const room = roomWith({ ...store, answer: () => Promise.reject(new Error('the disk is full')) });
  const work = countingWork();
  expect(await room.once(ASK, work)).toEqual({ time: 1 });
  expect(room.faults).toHaveLength(1);
  await expect(room.once(ASK, work)).rejects.toMatchObject({ code: 'conflict' });
});
