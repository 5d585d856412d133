/** Spend over time is told in the overview's own buckets, and adds up to all that was spent. */
import { expect, test } from 'vitest';
import { spendSeriesOf } from './spend-series.ts';
import type { ActivityStore, CountQuery, CountRow } from './store.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

function spent(dimension: CountRow['dimension'], name: string, startMs: number, micros: number): CountRow {
  return { dimension, name, startMs, numbers: [1, 0, 0, 0, 10, 10, micros, 5] };
}

/** What a store that has counted these answers, and what it was asked. */
function counted(rows: readonly CountRow[]) {
  const asked: CountQuery[] = [];
  const store = {
    counts: (query: CountQuery) => {
      asked.push(query);
      return Promise.resolve(rows);
    },
  };
  return { asked, store: store as unknown as ActivityStore };
}

function frame(fromMs: number, bucketMs: number, buckets: number) {
  const startMs = Array.from({ length: buckets }, (_, at) => fromMs + at * bucketMs);
  return { fromMs, toMs: fromMs + buckets * bucketMs, series: { bucketMs, startMs } };
}

test('the five dearest have a series each, and all others one together', async () => {
  const rows = Array.from({ length: 8 }, (_, at) =>
    spent('application', `app-${at}`, (at % 2) * HOUR_MS, (at + 1) * 100),
  );
  const { store } = counted([
    ...rows,
    spent('application', 'free', 0, 0),
    spent('configured_model', 'm', 0, 7),
  ]);
  const { spendSeries } = await spendSeriesOf(store, null, frame(0, HOUR_MS, 2));
  expect(spendSeries.application).toEqual([
    { name: 'app-7', costMicros: [0, 800] },
    { name: 'app-6', costMicros: [700, 0] },
    { name: 'app-5', costMicros: [0, 600] },
    { name: 'app-4', costMicros: [500, 0] },
    { name: 'app-3', costMicros: [0, 400] },
    { name: null, costMicros: [400, 200] },
  ]);
  expect(spendSeries.model).toEqual([{ name: 'm', costMicros: [7, 0] }]);
});

test.each([
  ['minute', 60_000, 5 * 60_000],
  ['minute', 60_000, HOUR_MS],
  ['hour', HOUR_MS, 3 * HOUR_MS],
  ['day', 7 * DAY_MS, DAY_MS],
] as const)('is counted by the %s from %i on in buckets of %i ms', async (level, fromMs, bucketMs) => {
  const { store, asked } = counted([]);
  await spendSeriesOf(store, ['desk'], frame(fromMs, bucketMs, 3));
  expect(asked).toMatchObject([{ level, applications: ['desk'], fromMs, widthMs: bucketMs }]);
});
