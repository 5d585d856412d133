/**
 * What is unusual: an hour beside the same hour of earlier weeks, and a person's hour beside their own. Each is said with the
 * numbers it was told by.
 */
import { scoreOf, spreadOf } from './spread.ts';
import type { ActivityStore, CountRow } from './store.ts';

export interface FoundAnomaly {
  readonly kind: 'refusals' | 'spend' | 'errors' | 'principal_burst';
  readonly atMs: number;
  readonly untilMs: number;
  readonly words: string;
  readonly value: number;
  readonly usual: number;
  readonly score: number;
  readonly samples: number;
  /** Id of the key of whom it is about. */
  readonly principal?: string;
  readonly filter: Readonly<Record<string, string>>;
}

export interface AnomalyAsk {
  readonly applications: readonly string[] | null;
  readonly fromMs: number;
  readonly nowMs: number;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
const WEEKS = 8;
/** The same hour of so many earlier weeks, or of so many earlier days where there are not as many weeks. */
const LEAST_WEEKS = 4;
const LEAST_DAYS = 5;
const DAYS = 14;
const LEAST_SCORE = 4;
const MAX_SHOWN = 10;
/** Hours that are looked at at most. */
const MAX_HOURS = 7 * 24;

interface Hour {
  readonly total: number;
  readonly refused: number;
  readonly failed: number;
  readonly costMicros: number;
}

const NOTHING: Hour = { total: 0, refused: 0, failed: 0, costMicros: 0 };

export interface Unusual {
  readonly anomalies: readonly FoundAnomaly[];
  readonly baselineHours: number;
}

export async function unusualIn(store: ActivityStore, ask: AnomalyAsk): Promise<Unusual> {
  const thisHour = Math.floor(ask.nowMs / HOUR_MS) * HOUR_MS;
  const rows = await store.counts({
    level: 'hour',
    applications: ask.applications,
    dimensions: ['all'],
    fromMs: thisHour - WEEKS * WEEK_MS - DAY_MS,
    toMs: thisHour + HOUR_MS,
    widthMs: HOUR_MS,
  });
  const hours = new Map(rows.map((row) => [row.startMs, hourOf(row)]));
  const firstMs = rows[0]?.startMs ?? thisHour;
  const found: FoundAnomaly[] = [];
  const from = Math.max(ask.fromMs, thisHour - MAX_HOURS * HOUR_MS);
  for (let atMs = thisHour; atMs >= from - HOUR_MS && atMs >= firstMs; atMs -= HOUR_MS)
    found.push(...unusualHour(hours, firstMs, atMs));
  // Persons are counted in all applications together: whoever may see some sees none of it.
  if (ask.applications === null) found.push(...(await bursts(store, thisHour)));
  return {
    anomalies: found.toSorted((a, b) => b.score - a.score).slice(0, MAX_SHOWN),
    baselineHours: hours.size,
  };
}

function hourOf({ numbers: [total = 0, refused = 0, , failed = 0, , , costMicros = 0] }: CountRow): Hour {
  return { total, refused, failed, costMicros };
}

interface Baseline {
  readonly hours: readonly Hour[];
  readonly words: string;
}

function baselineOf(hours: ReadonlyMap<number, Hour>, firstMs: number, atMs: number): Baseline | undefined {
  const before = (stepMs: number, count: number) =>
    Array.from({ length: count }, (_, at) => atMs - (at + 1) * stepMs)
      .filter((each) => each >= firstMs)
      .map((each) => hours.get(each) ?? NOTHING);
  const weeks = before(WEEK_MS, WEEKS);
  if (weeks.length >= LEAST_WEEKS)
    return { hours: weeks, words: `the same hour of the ${weeks.length} weeks before` };
  const days = before(DAY_MS, DAYS);
  return days.length >= LEAST_DAYS
    ? { hours: days, words: `the same hour of the ${days.length} days before` }
    : undefined;
}

interface Measure {
  readonly kind: 'refusals' | 'spend' | 'errors';
  value(hour: Hour): number;
  /** No deviation is taken to be smaller. */
  leastDeviation(median: number, hour: Hour): number;
  /** What is no matter, however unusual. */
  isEnough(value: number, median: number, hour: Hour): boolean;
  words(value: number): string;
  readonly filter: Readonly<Record<string, string>>;
}

const MEASURES: readonly Measure[] = [
  {
    kind: 'refusals',
    value: ({ refused }) => refused,
    leastDeviation: (median) => Math.sqrt(Math.max(median, 1)),
    isEnough: (value, median) => value - median >= 5,
    words: (value) => `${Math.round(value)} refused`,
    filter: { outcome: 'refused' },
  },
  {
    kind: 'spend',
    value: ({ costMicros }) => costMicros,
    leastDeviation: (median) => Math.max(median / 10, 20_000),
    isEnough: (value, median) => value - median >= 100_000,
    words: (value) => `${(value / 1_000_000).toFixed(2)} US dollars spent`,
    filter: {},
  },
  {
    kind: 'errors',
    value: ({ failed, total }) => (total === 0 ? 0 : (100 * failed) / total),
    // What chance alone does to a share of so many.
    leastDeviation: (median, { total }) =>
      Math.max(1, 100 * Math.sqrt(((median / 100) * (1 - median / 100)) / Math.max(total, 1))),
    isEnough: (_, __, { total, failed }) => total >= 20 && failed >= 5,
    words: (value) => `${value.toFixed(1)} % failed`,
    filter: { outcome: 'failed' },
  },
];

function unusualHour(
  hours: ReadonlyMap<number, Hour>,
  firstMs: number,
  atMs: number,
): readonly FoundAnomaly[] {
  const baseline = baselineOf(hours, firstMs, atMs);
  const hour = hours.get(atMs);
  if (!baseline || !hour) return [];
  return MEASURES.flatMap((measure) => {
    const value = measure.value(hour);
    const spread = spreadOf(baseline.hours.map((each) => measure.value(each)));
    const score = scoreOf(value, spread, measure.leastDeviation(spread.median, hour));
    if (score < LEAST_SCORE || !measure.isEnough(value, spread.median, hour)) return [];
    return [
      {
        kind: measure.kind,
        atMs,
        untilMs: atMs + HOUR_MS,
        words: `${measure.words(value)} in this hour; the median of ${baseline.words} is ${measure.words(spread.median)}`,
        value,
        usual: spread.median,
        score: Math.round(score * 10) / 10,
        samples: baseline.hours.length,
        filter: { ...measure.filter, ...between(atMs, atMs + HOUR_MS) },
      },
    ];
  });
}

const MAX_PRINCIPALS = 20;
const LEAST_REQUESTS = 30;
const LEAST_BURST_SCORE = 6;
const LEAST_HOURS = 5;
const RECENT_HOURS = 2;

/** Whoever asks most now, beside the hours in which they asked at all. */
async function bursts(store: ActivityStore, thisHour: number): Promise<readonly FoundAnomaly[]> {
  const recent = { fromMs: thisHour - (RECENT_HOURS - 1) * HOUR_MS, toMs: thisHour + HOUR_MS };
  const base = { level: 'hour', applications: null, dimensions: ['principal'], widthMs: HOUR_MS } as const;
  const rows = await store.counts({ ...base, ...recent });
  const most = rows
    .filter(({ numbers: [total = 0] }) => total >= LEAST_REQUESTS)
    .toSorted((a, b) => (b.numbers[0] ?? 0) - (a.numbers[0] ?? 0))
    .slice(0, MAX_PRINCIPALS);
  if (most.length === 0) return [];
  const earlier = await store.counts({
    ...base,
    names: [...new Set(most.map(({ name }) => name))],
    fromMs: recent.fromMs - WEEK_MS,
    toMs: recent.fromMs,
  });
  const own = Map.groupBy(earlier, ({ name }) => name);
  return most.flatMap((row) => burstOf(row, own.get(row.name) ?? []));
}

function burstOf(row: CountRow, earlier: readonly CountRow[]): readonly FoundAnomaly[] {
  if (earlier.length < LEAST_HOURS) return [];
  const [value = 0] = row.numbers;
  const spread = spreadOf(earlier.map(({ numbers: [total = 0] }) => total));
  const score = scoreOf(value, spread, Math.sqrt(Math.max(spread.median, 1)));
  if (score < LEAST_BURST_SCORE) return [];
  return [
    {
      kind: 'principal_burst',
      atMs: row.startMs,
      untilMs: row.startMs + HOUR_MS,
      words: `${value} requests of one principal in this hour; their median in the ${earlier.length} hours of the week before in which they asked is ${spread.median}`,
      value,
      usual: spread.median,
      score: Math.round(score * 10) / 10,
      samples: earlier.length,
      principal: row.name,
      filter: between(row.startMs, row.startMs + HOUR_MS),
    },
  ];
}

function between(fromMs: number, toMs: number): Readonly<Record<string, string>> {
  return { fromMs: String(fromMs), toMs: String(toMs) };
}
