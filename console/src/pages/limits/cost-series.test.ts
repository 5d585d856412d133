/** A chart has a bar for each stretch of time, also where nothing was spent. */
import { expect, test } from 'vitest';
import { bucketFor, filledSeries } from './cost-series.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

test('what is short is counted by the hour, what is long by the day', () => {
  expect(bucketFor(0, DAY_MS)).toBe('hour');
  expect(bucketFor(0, 30 * DAY_MS)).toBe('day');
});

test('gaps are filled, and the edges belong to it', () => {
  const series = [{ atMs: 2 * HOUR_MS, costUsd: 3, requests: 9 }];
  const cost = { from: HOUR_MS / 2, to: 3 * HOUR_MS + 1, series };
  expect(filledSeries(cost, 'hour')).toEqual({
    atMs: [0, HOUR_MS, 2 * HOUR_MS, 3 * HOUR_MS],
    costs: [0, 0, 3, 0],
    requests: [0, 0, 9, 0],
  });
});
