/** Sums of usage over time, and by whom or what. */
import type { z } from 'zod';
import type { costSchema } from '../../contract/api/limits.ts';
import type { UsageAmounts, UsageKey } from '../../modules/metering/store.ts';

type Cost = z.input<typeof costSchema>;
export type UsageRow = UsageKey & UsageAmounts;

const HOUR_MS = 3_600_000;
const BUCKETS = { hour: HOUR_MS, day: 24 * HOUR_MS } as const;
const MICROS = 1_000_000;
/** Groups that have a series of their own. */
const MAX_NAMED = 5;

export function costOf(
  rows: readonly UsageRow[],
  by: 'application' | 'principal' | 'model' | 'provider',
  bucket: keyof typeof BUCKETS,
): Pick<Cost, 'totals' | 'series' | 'groupSeries' | 'groups'> {
  const length = BUCKETS[bucket];
  const byTime = Map.groupBy(rows, ({ hourMs }) => Math.floor(hourMs / length) * length);
  const byKey = Map.groupBy(rows, (row) => row[by]);
  const groups = [...byKey]
    .map(([key, those]) => ({ key, ...sumOf(those) }))
    .toSorted((a, b) => b.costUsd - a.costUsd || b.requests - a.requests);
  return {
    totals: sumOf(rows),
    series: [...byTime]
      .toSorted(([a], [b]) => a - b)
      .map(([atMs, those]) => {
        const { costUsd, requests } = sumOf(those);
        return { atMs, costUsd, requests };
      }),
    groupSeries: groupSeries(groups, byKey, length),
    groups,
  };
}

function groupSeries(
  groups: Cost['groups'],
  byKey: ReadonlyMap<string, readonly UsageRow[]>,
  length: number,
): Cost['groupSeries'] {
  const dear = groups.filter(({ costUsd }) => costUsd > 0).map(({ key }) => key);
  const rowsOf = (keys: readonly string[]) => keys.flatMap((key) => byKey.get(key) ?? []);
  const others = rowsOf(dear.slice(MAX_NAMED));
  return [
    ...dear.slice(0, MAX_NAMED).map((key) => ({ key, series: costSeries(rowsOf([key]), length) })),
    ...(others.length === 0 ? [] : [{ key: null, series: costSeries(others, length) }]),
  ];
}

function costSeries(rows: readonly UsageRow[], length: number): Cost['groupSeries'][number]['series'] {
  return [...Map.groupBy(rows, ({ hourMs }) => Math.floor(hourMs / length) * length)]
    .toSorted(([a], [b]) => a - b)
    .map(([atMs, those]) => ({ atMs, costUsd: sumOf(those).costUsd }));
}

function sumOf(rows: readonly UsageRow[]): Cost['totals'] {
  const sum = { requests: 0, refused: 0, inputTokens: 0, outputTokens: 0, costUsd: 0 };
  for (const row of rows) {
    sum.requests += row.requests;
    sum.refused += row.refused;
    sum.inputTokens += row.inputTokens;
    sum.outputTokens += row.outputTokens;
    sum.costUsd += row.costMicros / MICROS;
  }
  return sum;
}
