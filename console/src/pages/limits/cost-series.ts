/** Cost and requests over time without gaps: where nothing was asked, nothing was spent. */
import type { Part } from '../../kit/parts-chart.tsx';

const HOUR_MS = 3_600_000;
const LENGTHS = { hour: HOUR_MS, day: 24 * HOUR_MS } as const;
/** More than so many bars are not told apart. */
const MAX_HOURS = 72;

export function bucketFor(fromMs: number, toMs: number): 'hour' | 'day' {
  return toMs - fromMs <= MAX_HOURS * HOUR_MS ? 'hour' : 'day';
}

interface Cost {
  readonly from: number;
  readonly to: number;
  readonly series: readonly { readonly atMs: number; readonly costUsd: number; readonly requests: number }[];
}

interface GroupCost extends Cost {
  readonly groupSeries: readonly {
    readonly key: string | null;
    readonly series: readonly { readonly atMs: number; readonly costUsd: number }[];
  }[];
}

interface Filled {
  readonly atMs: readonly number[];
  readonly costs: readonly number[];
  readonly requests: readonly number[];
}

/** Cost of the dearest groups, each without gaps, as parts of a chart. */
export function filledGroups(cost: GroupCost, atMs: readonly number[]): readonly Part[] {
  return cost.groupSeries.map(({ key, series }) => {
    const known = new Map(series.map((each) => [each.atMs, each.costUsd]));
    return { name: key, values: atMs.map((at) => known.get(at) ?? 0) };
  });
}

export function filledSeries({ from, to, series }: Cost, bucket: 'hour' | 'day'): Filled {
  const length = LENGTHS[bucket];
  const known = new Map(series.map((each) => [each.atMs, each]));
  const first = Math.floor(from / length) * length;
  const count = Math.max(1, Math.ceil((to - first) / length));
  const atMs = Array.from({ length: count }, (_, index) => first + index * length);
  return {
    atMs,
    costs: atMs.map((at) => known.get(at)?.costUsd ?? 0),
    requests: atMs.map((at) => known.get(at)?.requests ?? 0),
  };
}
