/** What rows add to the counts of their minute and hour: by each of their terms, by latency, by provider called. */
import type { ActivityRow, CountDelta, Dimension, Level, Term } from './store.ts';
import { COUNTED, LEVEL_MS, MINUTES_KEPT_MS } from './store.ts';
import { latencyBin } from './latency-bins.ts';

const REWRITING: ReadonlySet<string> = new Set(['redact', 'mask', 'pseudonymize']);
const ANSWERED_RESULT = /^[123]\d\d$/;

interface Bucket {
  /** Where it begins: a minute, or an hour of which no minutes are kept. */
  readonly startMs: number;
  readonly isMinute: boolean;
  readonly application: string | null;
  readonly dimension: Dimension;
  readonly name: string;
  readonly numbers: number[];
}

export function isAnsweredCall(result: string): boolean {
  return ANSWERED_RESULT.test(result);
}

/** Sums of many rows, before they are told to the store. */
export interface Counting {
  /** `sign` is -1 where the row is taken out. */
  add(row: ActivityRow, terms: readonly Term[], sign: 1 | -1): void;
  deltas(): readonly CountDelta[];
}

/** Minutes are told of what is not too old for them. */
export function createCounting(minutesFromMs: number = Date.now() - MINUTES_KEPT_MS): Counting {
  const buckets = new Map<string, Bucket>();

  function bucket(row: ActivityRow, dimension: Dimension, name: string): number[] {
    const isMinute = row.atMs >= minutesFromMs;
    const widthMs = isMinute ? LEVEL_MS.minute : LEVEL_MS.hour;
    const startMs = Math.floor(row.atMs / widthMs) * widthMs;
    const application = row.application ?? null;
    const key = `${startMs}${isMinute ? 'm' : 'h'}${dimension}\n${application ?? ''}\n${name}`;
    let known = buckets.get(key);
    if (!known) {
      known = { startMs, isMinute, application, dimension, name, numbers: COUNTED.map(() => 0) };
      buckets.set(key, known);
    }
    return known.numbers;
  }

  return {
    add(row, terms, sign) {
      const numbers = numbersOf(row);
      addTo(bucket(row, 'all', ''), numbers, sign);
      for (const [field, value] of terms) addTo(bucket(row, field, value), numbers, sign);
      if (row.configuredModel !== undefined)
        addTo(bucket(row, 'configured_model', row.configuredModel), numbers, sign);
      if (row.outcome === 'answered')
        addTo(bucket(row, 'latency', String(latencyBin(row.totalMs))), [1], sign);
      for (const [provider, result, durationMs] of row.attempts) {
        const isFailed = !isAnsweredCall(result);
        addTo(
          bucket(row, 'attempt', provider),
          [1, 0, 0, isFailed ? 1 : 0, 0, 0, 0, Math.round(durationMs)],
          sign,
        );
        if (isFailed) addTo(bucket(row, 'attempt_failure', `${provider}\n${result}`), [1], sign);
      }
    },
    deltas: () => rolledUp([...buckets.values()]),
  };
}

function numbersOf(row: ActivityRow): readonly number[] {
  return [
    1,
    row.outcome === 'refused' ? 1 : 0,
    REWRITING.has(row.action) ? 1 : 0,
    row.outcome === 'failed' ? 1 : 0,
    row.inputTokens ?? 0,
    row.outputTokens ?? 0,
    row.costMicros ?? 0,
    Math.round(row.totalMs),
  ];
}

function addTo(sums: number[], numbers: readonly number[], sign: 1 | -1): void {
  for (const [at, number] of numbers.entries()) sums[at] = (sums[at] ?? 0) + sign * number;
}

/** What an overview shows; the rest is counted by the hour for each application, so that its names can be listed. */
const SHOWN: ReadonlySet<Dimension> = new Set<Dimension>([
  'all',
  'latency',
  'attempt',
  'attempt_failure',
  'configured_model',
  'application',
  'outcome',
  'refusal',
  'refused_by',
  'rewritten_by',
  'finding',
]);

/** The same counts for minutes, hours and days (UTC), and for one application and all. Persons are counted by the hour, in all alone. */
function rolledUp(buckets: readonly Bucket[]): readonly CountDelta[] {
  const sums = new Map<string, CountDelta & { readonly numbers: number[] }>();
  const add = (each: Bucket, level: Level, application: string | null): void => {
    if (level === 'minute' && !each.isMinute) return;
    const bucketMs = Math.floor(each.startMs / LEVEL_MS[level]) * LEVEL_MS[level];
    const { dimension, name } = each;
    const key = `${level}${bucketMs}${dimension}\n${application ?? ''}\n${name}`;
    let known = sums.get(key);
    if (!known) {
      known = { level, bucketMs, application, dimension, name, numbers: COUNTED.map(() => 0) };
      sums.set(key, known);
    }
    addTo(known.numbers, each.numbers, 1);
  };
  for (const each of buckets) {
    const isShown = SHOWN.has(each.dimension);
    if (isShown) add(each, 'minute', null);
    if (isShown) add(each, 'day', null);
    if (isShown || each.dimension === 'principal') add(each, 'hour', null);
    if (each.application === null || each.dimension === 'principal') continue;
    if (isShown) add(each, 'minute', each.application);
    if (isShown) add(each, 'day', each.application);
    add(each, 'hour', each.application);
  }
  return [...sums.values()].filter(({ numbers }) => numbers.some((number) => number !== 0));
}
