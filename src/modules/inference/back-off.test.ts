import { expect, test } from 'vitest';
import { sleep } from '../../base/sleep.ts';
import { backOffMs, retryAfterMs } from './back-off.ts';

test.each([
  [0, 250],
  [1, 500],
  [2, 1_000],
  [5, 8_000],
  [40, 8_000],
])('retry %i waits at most %i ms, and anything down to nothing', (retry, most) => {
  expect([backOffMs(retry, () => 0), backOffMs(retry, () => 0.5), backOffMs(retry, () => 1)]).toEqual([
    0,
    most / 2,
    most,
  ]);
});

const now = Date.parse('2026-11-23T12:00:00Z');

test.each([
  [{}, undefined],
  [{ 'retry-after': '3' }, 3_000],
  [{ 'retry-after': '0' }, 0],
  [{ 'retry-after': '1.5' }, 1_500],
  [{ 'retry-after': 'Mon, 23 Nov 2026 12:00:07 GMT' }, 7_000],
  [{ 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after-ms': '120', 'retry-after': '9' }, 120],
  [{ 'retry-after': '' }, undefined],
  [{ 'retry-after': '-3' }, undefined],
  [{ 'retry-after': 'soon' }, undefined],
  [{ 'retry-after': '99999999999999999999' }, undefined],
  [{ 'retry-after': 'NaN' }, undefined],
])('%j asks for %s ms of patience', (headers: Record<string, string>, expected) => {
  expect(retryAfterMs(headers, now)).toBe(expected);
});

test('a wait ends early when the client goes away', async () => {
  const abort = new AbortController();
  setTimeout(() => abort.abort(), 10);
  const before = performance.now();
  await sleep(5_000, abort.signal);
  await sleep(5_000, abort.signal);
  expect(performance.now() - before).toBeLessThan(1_000);
});
