/** Objections: made once, answered by somebody else, once, and nothing of them counts that was changed in the store. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createMemoryCaseStore } from '../../adapters/memory/memory-case-store.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import type { SealedCaseStore } from '../../domain/sealed-case.ts';
import { createContests, type Contests } from './contests.ts';

const contested = {
  interaction: 'req_1',
  index: 7,
  application: 'demo',
  refusal: 'content_policy_violation',
  by: ['project'],
};
const granted = { state: 'granted', answer: 'You were right.' } as const;

let store: SealedCaseStore;
let entries: AdministrationEntry[];
let contests: Contests;
beforeEach(() => {
  store = createMemoryCaseStore();
  entries = [];
  contests = createContests({
    store,
    append: async (entry) => entries.push(entry),
    key: Buffer.alloc(32, 1),
    clock: { now: () => 1_000 },
  });
});

test('is answered by somebody else, and both stand in the record', async () => {
  const { id } = await contests.open('bob', contested, 'It is a bird.');
  expect(await contests.decide(id, 'ada', granted)).toMatchObject({ state: 'granted', decidedBy: 'ada' });
  expect(entries.map(({ action, actor, reason }) => [action, actor, reason])).toEqual([
    ['contest.open', 'bob', 'It is a bird.'],
    ['contest.grant', 'ada', 'You were right.'],
  ]);
  expect((await contests.find(id)).answer).toBe('You were right.');
});

describe('is refused', () => {
  test('where one contests the same twice', async () => {
    await contests.open('bob', contested, 'no');
    await expect(contests.open('bob', contested, 'no')).rejects.toMatchObject({ code: 'conflict' });
    await expect(contests.open('eve', contested, 'no')).resolves.toBeDefined();
  });

  test('where one answers oneself', async () => {
    const { id } = await contests.open('bob', contested, 'no');
    await expect(contests.decide(id, 'bob', granted)).rejects.toMatchObject({ code: 'permission_denied' });
  });

  test('where it is answered, also by two at once', async () => {
    const { id } = await contests.open('bob', contested, 'no');
    const both = await Promise.allSettled([
      contests.decide(id, 'ada', granted),
      contests.decide(id, 'eve', { ...granted, state: 'upheld' }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('where there is none', async () => {
    await expect(contests.decide('cst_none', 'ada', granted)).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('nothing is kept of what no record tells of', async () => {
  const silent = createContests({
    store,
    append: () => Promise.reject(new Error('no record')),
    key: Buffer.alloc(32, 1),
    clock: { now: () => 1_000 },
  });
  await expect(silent.open('bob', contested, 'no')).rejects.toThrow('no record');
  expect(await store.list({ limit: 1 })).toEqual([]);
});

test('an older version, or another’s, in its place is noticed', async () => {
  const { id } = await contests.open('bob', contested, 'no');
  const before = await store.find(id);
  await contests.decide(id, 'ada', granted);
  await store.change(id, 2, before?.sealed ?? new Uint8Array());
  await expect(contests.find(id)).rejects.toThrow(/version/);
});

test('what a person wrote does not lie open', async () => {
  await contests.open('bob', contested, 'my secret words');
  const [stored] = await store.list({ limit: 1 });
  expect(Buffer.from(stored?.sealed ?? []).toString('latin1')).not.toContain('secret words');
});
