/** Cost by whom or what, over time. */
import { expect, test } from 'vitest';
import { costOf, type UsageRow } from './cost.ts';

const HOUR_MS = 3_600_000;

function used(application: string, hour: number, dollars: number): UsageRow {
  return {
    hourMs: hour * HOUR_MS,
    application,
    principal: 'person:ada',
    model: 'small',
    provider: 'openai',
    providerModel: 'small-1',
    requests: 1,
    refused: 0,
    inputTokens: 10,
    cachedInputTokens: 0,
    outputTokens: 10,
    costMicros: dollars * 1e6,
  };
}

test('the dearest five groups have a series each, all others one together, and they add up to the whole', () => {
  const rows = Array.from({ length: 7 }, (_, at) => [
    used(`app-${at}`, 1, at),
    used(`app-${at}`, 2, 1),
  ]).flat();
  const { groupSeries, series } = costOf([...rows, used('free', 1, 0)], 'application', 'hour');
  expect(groupSeries.map(({ key }) => key)).toEqual(['app-6', 'app-5', 'app-4', 'app-3', 'app-2', null]);
  expect(groupSeries.at(-1)?.series).toEqual([
    { atMs: HOUR_MS, costUsd: 1 },
    { atMs: 2 * HOUR_MS, costUsd: 2 },
  ]);
  const at = (hour: number) =>
    groupSeries
      .flatMap(({ series: points }) => points)
      .reduce((sum, point) => sum + (point.atMs === hour * HOUR_MS ? point.costUsd : 0), 0);
  expect([at(1), at(2)]).toEqual(series.map(({ costUsd }) => costUsd));
});
