/** Where a counter leads is said in words that fit it. */
import { expect, test } from 'vitest';
import { forecastOf } from './forecast-words.ts';

const HOUR_MS = 3_600_000;
const window = { windowStartMs: 0, windowEndMs: HOUR_MS };
const limit = { measure: 'requests', capacity: 100, ...window };
const open = { measure: 'concurrent_requests', capacity: 4, windowStartMs: null, windowEndMs: null };

test.each([
  ['nothing is used', limit, { used: 0, share: 0, forecast: 0 }, 'plain', /Nothing used yet/],
  ['it is too early', limit, { used: 1, share: 0.01, forecast: null }, 'plain', /Too early/],
  ['it lasts', limit, { used: 20, share: 0.2, forecast: 40 }, 'good', /^On course for 40 by .*: within it/],
  ['it does not last', limit, { used: 80, share: 0.8, forecast: 160 }, 'warn', /On course to be used up/],
  ['it is nearly used up', limit, { used: 95, share: 0.95, forecast: 98 }, 'warn', /Nearly used up/],
  ['it is used up', limit, { used: 100, share: 1, forecast: 200 }, 'bad', /Used up: refused until/],
  ['some are taken', open, { used: 1, share: 0.25, forecast: null }, 'plain', /at this moment/],
  ['all are taken', open, { used: 4, share: 1, forecast: null }, 'bad', /All taken/],
] as const)('where %s', (_, of, counter, tone, words) => {
  const told = forecastOf(of, { scope: 'all', ...counter }, HOUR_MS / 2);
  expect(told).toEqual({ tone, words: expect.stringMatching(words) as string });
});
