/** The state of things over a time, out of what was counted: each number with the filter that leads to its records. */
import { unusualIn, type FoundAnomaly } from './anomalies.ts';
import { percentile } from './latency-bins.ts';
import {
  LEVEL_MS,
  MINUTES_KEPT_MS,
  type ActivityStore,
  type CountQuery,
  type CountRow,
  type Dimension,
  type Level,
} from './store.ts';

export interface OverviewAsk {
  readonly fromMs: number;
  readonly toMs: number;
  readonly nowMs: number;
  /** Those that may be seen, or the one that is asked for; null: all. */
  readonly applications: readonly string[] | null;
  /** What every link holds beside. */
  readonly filter: RecordFilter;
}

export type RecordFilter = Readonly<Record<string, string>>;

export interface Figure {
  readonly value: number;
  readonly before: number;
  readonly filter: RecordFilter;
}

export interface CountedName {
  readonly name: string;
  readonly count: number;
  readonly filter: RecordFilter;
}

export interface SpentName {
  readonly name: string;
  readonly costMicros: number;
  readonly requests: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly filter: RecordFilter;
}

export interface Percentiles {
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

export interface ProviderFigures {
  readonly provider: string;
  readonly attempts: number;
  readonly failed: number;
  readonly meanMs: number | null;
  readonly failures: readonly { readonly result: string; readonly count: number }[];
  readonly filter: RecordFilter;
}

export interface Series extends Record<SeriesColumn, readonly number[]> {
  readonly bucketMs: number;
  readonly startMs: readonly number[];
  readonly p50: readonly (number | null)[];
  readonly p95: readonly (number | null)[];
  readonly p99: readonly (number | null)[];
}

export interface OverviewFigures {
  readonly fromMs: number;
  readonly toMs: number;
  readonly figures: Readonly<
    Record<
      'total' | 'refused' | 'rewritten' | 'failed' | 'costMicros' | 'inputTokens' | 'outputTokens',
      Figure
    >
  >;
  readonly latency: Percentiles & { readonly before: Percentiles };
  readonly series: Series;
  readonly refusedBy: { readonly code: readonly CountedName[]; readonly guardrail: readonly CountedName[] };
  readonly rewrittenBy: { readonly guardrail: readonly CountedName[] };
  readonly outcomes: readonly CountedName[];
  readonly findings: readonly CountedName[];
  readonly spend: { readonly application: readonly SpentName[]; readonly model: readonly SpentName[] };
  readonly anomalies: readonly FoundAnomaly[];
  readonly baselineHours: number;
  readonly providers: readonly ProviderFigures[];
}

const MINUTE_MS = LEVEL_MS.minute;
const HOUR_MS = LEVEL_MS.hour;
const WIDTHS: Readonly<Record<Level, readonly number[]>> = {
  minute: [1, 5, 10, 15, 30, 60].map((each) => each * MINUTE_MS),
  hour: [1, 2, 3, 6].map((each) => each * HOUR_MS),
  day: [1, 2, 7].map((each) => each * LEVEL_MS.day),
};
const MAX_BUCKETS = 100;
const LONGEST_IN_MINUTES_MS = 25 * HOUR_MS;
const LONGEST_IN_HOURS_MS = 10 * LEVEL_MS.day;
const MAX_NAMES = 20;
const SERIES = ['total', 'refused', 'rewritten', 'failed', 'costMicros'] as const;
type SeriesColumn = (typeof SERIES)[number];
const NAMED: readonly Dimension[] = [
  'refusal',
  'refused_by',
  'rewritten_by',
  'outcome',
  'finding',
  'application',
  'configured_model',
  'attempt',
  'attempt_failure',
];

/** Whole buckets around what was asked for. */
interface Frame {
  readonly level: Level;
  readonly widthMs: number;
  readonly fromMs: number;
  readonly toMs: number;
}

function frameOf(ask: OverviewAsk): Frame {
  const span = Math.max(ask.toMs - ask.fromMs, MINUTE_MS);
  const level = levelOf(ask, span);
  const widthMs = WIDTHS[level].find((width) => span / width <= MAX_BUCKETS) ?? WIDTHS[level].at(-1) ?? span;
  const grid = LEVEL_MS[level];
  const end = Math.ceil(ask.toMs / grid) * grid;
  // Whole buckets back from the end may begin before time does.
  const fromMs = Math.max(0, end - Math.ceil(span / widthMs) * widthMs);
  return { level, widthMs, fromMs, toMs: end };
}

/** The finest of which the time before is kept as well. */
function levelOf({ fromMs, nowMs }: OverviewAsk, span: number): Level {
  if (span <= LONGEST_IN_MINUTES_MS && fromMs - span >= nowMs - MINUTES_KEPT_MS) return 'minute';
  return span <= LONGEST_IN_HOURS_MS ? 'hour' : 'day';
}

export async function overviewOf(store: ActivityStore, ask: OverviewAsk): Promise<OverviewFigures> {
  const frame = frameOf(ask);
  const { level, widthMs, fromMs, toMs } = frame;
  const base: CountQuery = {
    level,
    applications: ask.applications,
    dimensions: ['all', 'latency'],
    fromMs,
    toMs,
  };
  const buckets = await store.counts({ ...base, widthMs });
  const before = await store.counts({ ...base, fromMs: fromMs - (toMs - fromMs), toMs: fromMs });
  const named = Map.groupBy(await store.counts({ ...base, dimensions: NAMED }), ({ dimension }) => dimension);
  const filter = { ...ask.filter, fromMs: String(fromMs), toMs: String(toMs) };
  const counted = (dimension: Dimension, parameter: string) =>
    countedNames(named.get(dimension) ?? [], parameter, filter);
  const spent = (dimension: Dimension, parameter: string) =>
    spentNames(named.get(dimension) ?? [], parameter, filter);
  return {
    fromMs,
    toMs,
    figures: figuresOf(buckets, before, filter),
    latency: { ...percentilesOf(buckets), before: percentilesOf(before) },
    series: seriesOf(frame, buckets),
    refusedBy: { code: counted('refusal', 'refusal'), guardrail: counted('refused_by', 'refusedBy') },
    rewrittenBy: { guardrail: counted('rewritten_by', 'rewrittenBy') },
    outcomes: counted('outcome', 'outcome'),
    findings: counted('finding', 'finding'),
    spend: { application: spent('application', 'application'), model: spent('configured_model', 'model') },
    ...(await unusual(store, ask, frame)),
    providers: providersOf(named.get('attempt') ?? [], named.get('attempt_failure') ?? [], filter),
  };
}

async function unusual(
  store: ActivityStore,
  { applications, nowMs, filter }: OverviewAsk,
  { fromMs }: Frame,
) {
  const { anomalies, baselineHours } = await unusualIn(store, { applications, nowMs, fromMs });
  return {
    anomalies: anomalies.map((each) => ({ ...each, filter: { ...filter, ...each.filter } })),
    baselineHours,
  };
}

/** Of a query without the given columns' places: see `COUNTED`. */
const PLACES = {
  total: 0,
  refused: 1,
  rewritten: 2,
  failed: 3,
  inputTokens: 4,
  outputTokens: 5,
  costMicros: 6,
  durationMs: 7,
};

function numberIn({ numbers }: CountRow, column: keyof typeof PLACES): number {
  return numbers[PLACES[column]] ?? 0;
}

function figuresOf(
  now: readonly CountRow[],
  before: readonly CountRow[],
  filter: RecordFilter,
): OverviewFigures['figures'] {
  const sum = (rows: readonly CountRow[], column: keyof typeof PLACES) =>
    rows.reduce((total, row) => total + (row.dimension === 'all' ? numberIn(row, column) : 0), 0);
  const figure = (column: keyof typeof PLACES, more: RecordFilter = {}): Figure => ({
    value: sum(now, column),
    before: sum(before, column),
    filter: { ...filter, ...more },
  });
  return {
    total: figure('total'),
    refused: figure('refused', { outcome: 'refused' }),
    rewritten: figure('rewritten', { action: 'redact,mask,pseudonymize' }),
    failed: figure('failed', { outcome: 'failed' }),
    costMicros: figure('costMicros'),
    inputTokens: figure('inputTokens'),
    outputTokens: figure('outputTokens'),
  };
}

function percentilesOf(rows: readonly CountRow[]): Percentiles {
  const bins = new Map<number, number>();
  for (const row of rows)
    if (row.dimension === 'latency')
      bins.set(Number(row.name), (bins.get(Number(row.name)) ?? 0) + numberIn(row, 'total'));
  const at = (share: number) => percentile(bins, share) ?? null;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}

function seriesOf({ fromMs, toMs, widthMs }: Frame, rows: readonly CountRow[]): Series {
  const startMs = Array.from(
    { length: Math.ceil((toMs - fromMs) / widthMs) },
    (_, at) => fromMs + at * widthMs,
  );
  const byStart = Map.groupBy(rows, (row) => row.startMs);
  const column = (name: SeriesColumn) =>
    startMs.map((start) => {
      const all = byStart.get(start)?.find(({ dimension }) => dimension === 'all');
      return all ? numberIn(all, name) : 0;
    });
  const latencies = startMs.map((start) => percentilesOf(byStart.get(start) ?? []));
  return {
    bucketMs: widthMs,
    startMs,
    total: column('total'),
    refused: column('refused'),
    rewritten: column('rewritten'),
    failed: column('failed'),
    costMicros: column('costMicros'),
    p50: latencies.map(({ p50 }) => p50),
    p95: latencies.map(({ p95 }) => p95),
    p99: latencies.map(({ p99 }) => p99),
  };
}

function countedNames(
  rows: readonly CountRow[],
  parameter: string,
  filter: RecordFilter,
): readonly CountedName[] {
  return rows
    .map((row) => ({
      name: row.name,
      count: numberIn(row, 'total'),
      filter: { ...filter, [parameter]: row.name },
    }))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MAX_NAMES);
}

function spentNames(
  rows: readonly CountRow[],
  parameter: string,
  filter: RecordFilter,
): readonly SpentName[] {
  return rows
    .map((row) => ({
      name: row.name,
      costMicros: numberIn(row, 'costMicros'),
      requests: numberIn(row, 'total'),
      inputTokens: numberIn(row, 'inputTokens'),
      outputTokens: numberIn(row, 'outputTokens'),
      filter: { ...filter, [parameter]: row.name },
    }))
    .toSorted((a, b) => b.costMicros - a.costMicros || b.requests - a.requests)
    .slice(0, MAX_NAMES);
}

function providersOf(
  attempts: readonly CountRow[],
  failures: readonly CountRow[],
  filter: RecordFilter,
): readonly ProviderFigures[] {
  return attempts.map((row) => ({
    provider: row.name,
    attempts: numberIn(row, 'total'),
    failed: numberIn(row, 'failed'),
    meanMs: Math.round(numberIn(row, 'durationMs') / Math.max(1, numberIn(row, 'total'))),
    failures: failures
      .flatMap((each) => {
        const [provider, result = ''] = each.name.split('\n');
        return provider === row.name ? [{ result, count: numberIn(each, 'total') }] : [];
      })
      .toSorted((a, b) => b.count - a.count),
    filter: { ...filter, provider: row.name },
  }));
}
