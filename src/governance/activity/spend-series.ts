/** What was spent over time, by application and by model: the dearest by name, all others together. */
import type { OverviewFigures } from './overview.ts';
import { COUNTED, LEVEL_MS, type ActivityStore, type CountRow, type Level } from './store.ts';

export interface SpentOverTime {
  /** Null: all others together. */
  readonly name: string | null;
  /** One for each bucket of the overview's series. */
  readonly costMicros: readonly number[];
}

export interface SpendSeries {
  /** The dearest first; what cost nothing is left out. */
  readonly spendSeries: {
    readonly application: readonly SpentOverTime[];
    readonly model: readonly SpentOverTime[];
  };
}

type Frame = Pick<OverviewFigures, 'fromMs' | 'toMs'> & {
  readonly series: Pick<OverviewFigures['series'], 'bucketMs' | 'startMs'>;
};

const MAX_NAMED = 5;
const COST = COUNTED.indexOf('costMicros');

/** In the buckets that the overview has. */
export async function spendSeriesOf(
  store: ActivityStore,
  applications: readonly string[] | null,
  { fromMs, toMs, series: { bucketMs, startMs } }: Frame,
): Promise<SpendSeries> {
  const rows = await store.counts({
    level: levelOf(fromMs, bucketMs),
    applications,
    dimensions: ['application', 'configured_model'],
    fromMs,
    toMs,
    widthMs: bucketMs,
  });
  const of = (dimension: CountRow['dimension']) =>
    dearest(
      rows.filter((row) => row.dimension === dimension),
      startMs,
    );
  return { spendSeries: { application: of('application'), model: of('configured_model') } };
}

/** The coarsest whose buckets end where the overview's do: each level counts the same. */
function levelOf(fromMs: number, bucketMs: number): Level {
  const fits = (level: Level) => fromMs % LEVEL_MS[level] === 0 && bucketMs % LEVEL_MS[level] === 0;
  return (['day', 'hour'] as const).find(fits) ?? 'minute';
}

function dearest(rows: readonly CountRow[], startMs: readonly number[]): readonly SpentOverTime[] {
  const placeOf = new Map(startMs.map((start, at) => [start, at]));
  const sums = new Map<string, number[]>();
  for (const { name, startMs: start, numbers } of rows) {
    const costs = sums.get(name) ?? startMs.map(() => 0);
    const at = placeOf.get(start);
    if (at !== undefined) costs[at] = (costs[at] ?? 0) + (numbers[COST] ?? 0);
    sums.set(name, costs);
  }
  const total = (costs: readonly number[]) => costs.reduce((sum, each) => sum + each, 0);
  const spent = [...sums]
    .map(([name, costMicros]) => ({ name, costMicros, total: total(costMicros) }))
    .filter((each) => each.total > 0)
    .toSorted((a, b) => b.total - a.total);
  const others = spent.slice(MAX_NAMED);
  const named = spent.slice(0, MAX_NAMED).map(({ name, costMicros }) => ({ name, costMicros }));
  if (others.length === 0) return named;
  const together = startMs.map((_, at) =>
    others.reduce((sum, { costMicros }) => sum + (costMicros[at] ?? 0), 0),
  );
  return [...named, { name: null, costMicros: together }];
}
