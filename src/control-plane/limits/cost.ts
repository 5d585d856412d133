/** Sums of usage over time, and by whom or what. */
import type { z } from 'zod';
import type { costSchema } from '../../contract/api/limits.ts';
import type { UsageAmounts, UsageKey } from '../../modules/metering/store.ts';

type Cost = z.input<typeof costSchema>;
export type UsageRow = UsageKey & UsageAmounts;

const HOUR_MS = 3_600_000;
const BUCKETS = { hour: HOUR_MS, day: 24 * HOUR_MS } as const;
const MICROS = 1_000_000;

export function costOf(
  rows: readonly UsageRow[],
  by: 'application' | 'principal' | 'model' | 'provider',
  bucket: keyof typeof BUCKETS,
): Pick<Cost, 'totals' | 'series' | 'groups'> {
  const length = BUCKETS[bucket];
  const byTime = Map.groupBy(rows, ({ hourMs }) => Math.floor(hourMs / length) * length);
  const byKey = Map.groupBy(rows, (row) => row[by]);
  return {
    totals: sumOf(rows),
    series: [...byTime]
      .toSorted(([a], [b]) => a - b)
      .map(([atMs, those]) => {
        const { costUsd, requests } = sumOf(those);
        return { atMs, costUsd, requests };
      }),
    groups: [...byKey]
      .map(([key, those]) => ({ key, ...sumOf(those) }))
      .toSorted((a, b) => b.costUsd - a.costUsd || b.requests - a.requests),
  };
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
