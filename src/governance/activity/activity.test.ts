/** Where the index fails in any way, whoever asks is told so in time; and what is unusual is told by its numbers. */
import { describe, expect, test, vi } from 'vitest';
import type { ActivityIndex } from './activity.ts';
import { createActivity } from './activity.ts';
import { latencyBin, percentile } from './latency-bins.ts';
import { scoreOf, spreadOf } from './spread.ts';
import { unusualIn } from './anomalies.ts';
import type { ActivityStore, CountRow } from './store.ts';

const EVERYTHING = { kind: 'everything' } as const;
const HOUR_MS = 3_600_000;
const NOTHING_RECORDED = {
  origin: 'log',
  read: () => Promise.resolve({ entries: [] }),
  beside: () => Promise.resolve(new Map()),
};

function activityOver(answer: () => Promise<unknown>) {
  // Every method answers alike: what it answers is what is tested.
  const index = new Proxy({}, { get: () => answer }) as ActivityIndex;
  return createActivity({
    index,
    record: NOTHING_RECORDED,
    keysOf: () => Promise.resolve([]),
    providers: () => [],
    failure: () => undefined,
    clock: { now: () => 1_800_000_000_000 },
    timeoutMs: 50,
  });
}

describe('an index that', () => {
  const signal = new AbortController().signal;
  const asks = {
    list: (activity: ReturnType<typeof activityOver>) =>
      activity.list({ filter: {}, reach: EVERYTHING, sort: '-at', limit: 5 }),
    export: (activity: ReturnType<typeof activityOver>) => activity.export({}, EVERYTHING, signal),
    watch: (activity: ReturnType<typeof activityOver>) => activity.watch({}, EVERYTHING, signal),
    overview: (activity: ReturnType<typeof activityOver>) =>
      activity.overview({ window: '1h', reach: EVERYTHING }),
    administration: (activity: ReturnType<typeof activityOver>) => activity.administration({ limit: 5 }),
  };
  const failures: Readonly<Record<string, () => Promise<unknown>>> = {
    throws: () => Promise.reject(new Error('the disk is gone')),
    hangs: () => new Promise(() => undefined),
    'returns nonsense': () => Promise.resolve('nonsense'),
  };
  // A word that is none of ours has no position to watch from: it is asked again.
  for (const [failure, answer] of Object.entries(failures))
    for (const [name, ask] of Object.entries(asks))
      if (!(failure === 'returns nonsense' && name === 'watch'))
        test(`${failure} refuses ${name} as not available now`, async () => {
          const refused = ask(activityOver(answer));
          await expect(refused).rejects.toMatchObject({ code: 'index_unavailable', status: 503 });
          await expect(refused).rejects.not.toThrow(/disk/u);
        });

  test('fails leaves a single interaction readable: it comes from the record', async () => {
    const activity = activityOver(() => Promise.reject(new Error('gone')));
    await expect(activity.get('req_1', EVERYTHING)).rejects.toMatchObject({ code: 'not_found' });
  });
});

test('a cursor that is none is refused', async () => {
  const activity = activityOver(() => Promise.reject(new Error('not asked')));
  for (const cursor of ['1', 'x~1', "1~1'--", '1~1~1', '-1~1'])
    await expect(
      activity.list({ filter: {}, reach: EVERYTHING, sort: '-at', limit: 5, cursor }),
    ).rejects.toMatchObject({ code: 'invalid_request' });
});

describe('whoever watches', () => {
  function watched(rowsPerPoll: number) {
    let position = 0;
    const index = {
      status: () => Promise.resolve({ behindEntries: 0, lagMs: 0, isRebuilding: false }),
      tail: ({ from, filters, limit }: Parameters<ActivityIndex['tail']>[0]) => {
        if (from === undefined) return Promise.resolve({ position, matches: [] });
        const rows = Array.from({ length: rowsPerPoll }, () => ({
          index: position++,
          policies: [],
          findings: [],
        }));
        return Promise.resolve({
          position,
          matches: filters.map(() => ({
            rows: rows.slice(-limit),
            leftOut: Math.max(0, rows.length - limit),
          })),
        });
      },
    };
    return createActivity({
      // Rows of no more than is looked at.
      index: index as unknown as ActivityIndex,
      record: NOTHING_RECORDED,
      keysOf: () => Promise.resolve([]),
      providers: () => [],
      failure: () => undefined,
      clock: { now: () => 0 },
    });
  }

  test('slowly is given the newest, and told how many they missed', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const end = new AbortController();
      const batches = await watched(125).watch({}, EVERYTHING, end.signal);
      await batches.next();
      await vi.advanceTimersByTimeAsync(2_100);
      const { value } = (await batches.next()) as { value: { items: readonly unknown[]; leftOut: number } };
      expect(value.items).toHaveLength(50);
      expect(value.leftOut + 50).toBeGreaterThanOrEqual(8 * 125);
      expect((value.leftOut + 50) % 125).toBe(0);
      end.abort();
      await vi.advanceTimersByTimeAsync(1_000);
      expect((await batches.next()).done).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });
});

test('a percentile is known within five per cent', () => {
  const latencies = Array.from({ length: 10_000 }, (_, at) => 2 + at);
  const bins = new Map<number, number>();
  for (const each of latencies) bins.set(latencyBin(each), (bins.get(latencyBin(each)) ?? 0) + 1);
  for (const share of [0.1, 0.5, 0.95, 0.99]) {
    const exact = latencies[Math.ceil(share * latencies.length) - 1] ?? Number.NaN;
    expect(Math.abs((percentile(bins, share) ?? 0) / exact - 1)).toBeLessThan(0.055);
  }
  expect(percentile(new Map(), 0.5)).toBeUndefined();
});

test('a score is told by the median, which an outlier does not move', () => {
  const spread = spreadOf([10, 12, 11, 9, 10, 1_000]);
  expect(spread.median).toBe(10.5);
  expect(scoreOf(10, spread, 1)).toBeCloseTo(-0.337, 2);
  expect(scoreOf(40, spread, 1)).toBeGreaterThan(10);
  expect(scoreOf(5, spreadOf([0, 0, 0, 0]), 1)).toBe(5);
});

describe('what is unusual', () => {
  const nowMs = 1_800_000_000_000;
  const thisHour = Math.floor(nowMs / HOUR_MS) * HOUR_MS;
  function storeWith(numbersAt: (hoursAgo: number) => readonly number[]): ActivityStore {
    const rows = Array.from({ length: 8 * 168 }, (_, at) => 8 * 168 - 1 - at).map(
      (hoursAgo): CountRow => ({
        startMs: thisHour - hoursAgo * HOUR_MS,
        dimension: 'all',
        name: '',
        numbers: numbersAt(hoursAgo),
      }),
    );
    // Nothing else of a store is asked.
    return {
      counts: ({ dimensions }: { dimensions: readonly string[] }) =>
        Promise.resolve(dimensions.includes('all') ? rows : []),
    } as unknown as ActivityStore;
  }
  const ask = { applications: null, fromMs: nowMs - 24 * HOUR_MS, nowMs };
  // Total, refused, rewritten, failed, input, output, cost, duration: the same every week, with a rhythm of the day.
  const usual = (hoursAgo: number): readonly number[] => {
    const hour = ((thisHour / HOUR_MS - hoursAgo) % 24) + 1;
    return [hour * 100, hour, 0, 2, 0, 0, hour * 10_000, 0];
  };

  test('is nothing in a week like every other, whatever the hour', async () => {
    const { anomalies, baselineHours } = await unusualIn(storeWith(usual), ask);
    expect(anomalies).toEqual([]);
    expect(baselineHours).toBe(1_344);
  });

  test('is an hour with far more refusals, spend or failures, in words and with its records', async () => {
    const store = storeWith((hoursAgo) =>
      hoursAgo === 3 ? [2_000, 400, 0, 500, 0, 0, 9_000_000, 0] : usual(hoursAgo),
    );
    const { anomalies } = await unusualIn(store, ask);
    expect(anomalies.map(({ kind }) => kind).toSorted()).toEqual(['errors', 'refusals', 'spend']);
    const refusals = anomalies.find(({ kind }) => kind === 'refusals');
    expect(refusals).toMatchObject({ value: 400, atMs: thisHour - 3 * HOUR_MS, samples: 7 });
    expect(refusals?.words).toMatch(
      /^400 refused in this hour; the median of the same hour of the 7 weeks before is \d+ refused$/u,
    );
    expect(refusals?.filter).toEqual({
      outcome: 'refused',
      fromMs: String(thisHour - 3 * HOUR_MS),
      toMs: String(thisHour - 2 * HOUR_MS),
    });
  });

  test('is not told where there is nothing to compare with', async () => {
    const store = {
      counts: () =>
        Promise.resolve([
          { startMs: thisHour, dimension: 'all', name: '', numbers: [9_000, 9_000, 0, 0, 0, 0, 0, 0] },
        ]),
    } as unknown as ActivityStore;
    const { anomalies } = await unusualIn(store, { ...ask, applications: [] });
    expect(anomalies).toEqual([]);
  });
});
