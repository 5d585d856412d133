/** What rows add to the counts of their minute, hour and day: by each of their terms, by latency, by provider called. */
import type { ActivityRow, CountDelta, Dimension, Level, Term } from './store.ts';
import { COUNTED, LEVEL_MS, MINUTES_KEPT_MS, SUMMED } from './store.ts';
import { latencyBin } from './latency-bins.ts';

const REWRITING: ReadonlySet<string> = new Set(['redact', 'mask', 'pseudonymize']);
const ANSWERED_RESULT = /^[123]\d\d$/;
const ONE = [1];

/** Numbers by what is counted, and by its name. */
type Sums = Map<Dimension, Map<string, number[]>>;

interface Bucket {
  /** Where it begins: a minute, or an hour of which no minutes are kept. */
  readonly startMs: number;
  readonly isMinute: boolean;
  readonly application: string | null;
  readonly sums: Sums;
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
  const buckets = new Map<string | null, Map<string, Bucket>>();

  function sumsOf({ atMs, application: named }: ActivityRow): Sums {
    const application = named ?? null;
    const isMinute = atMs >= minutesFromMs;
    const widthMs = isMinute ? LEVEL_MS.minute : LEVEL_MS.hour;
    const startMs = Math.floor(atMs / widthMs) * widthMs;
    const own = held(buckets, application, () => new Map<string, Bucket>());
    return held(own, `${isMinute ? 'm' : 'h'}${startMs}`, () => ({
      startMs,
      isMinute,
      application,
      sums: new Map(),
    })).sums;
  }

  return {
    add(row, terms, sign) {
      const sums = sumsOf(row);
      const numbers = numbersOf(row);
      addTo(sums, 'all', '', numbers, sign);
      for (const [field, value] of terms) addTo(sums, field, value, SUMMED.has(field) ? numbers : ONE, sign);
      if (row.configuredModel !== undefined)
        addTo(sums, 'configured_model', row.configuredModel, numbers, sign);
      if (row.outcome === 'answered') addTo(sums, 'latency', String(latencyBin(row.totalMs)), ONE, sign);
      for (const [provider, result, durationMs] of row.attempts) {
        const isFailed = !isAnsweredCall(result);
        const attempt = [1, 0, 0, isFailed ? 1 : 0, 0, 0, 0, Math.round(durationMs)];
        addTo(sums, 'attempt', provider, attempt, sign);
        if (isFailed) addTo(sums, 'attempt_failure', `${provider}\n${result}`, ONE, sign);
      }
    },
    deltas: () => rolledUp([...buckets.values()].flatMap((each) => [...each.values()])),
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

function addTo(
  sums: Sums,
  dimension: Dimension,
  name: string,
  numbers: readonly number[],
  sign: 1 | -1,
): void {
  const names = held(sums, dimension, () => new Map<string, number[]>());
  const known = held(names, name, () => COUNTED.map(() => 0));
  for (let at = 0; at < numbers.length; at++) known[at] = (known[at] ?? 0) + sign * (numbers[at] ?? 0);
}

function held<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}

/**
 * The same counts for minutes, hours and days (UTC), and for one application and all. Persons are counted by the hour, in all
 * alone; what no overview shows by the day, for one application, so that its names can be listed.
 */
function rolledUp(buckets: readonly Bucket[]): readonly CountDelta[] {
  const levels: Readonly<Record<Level, Map<number, Map<string | null, Sums>>>> = {
    minute: new Map(),
    hour: new Map(),
    day: new Map(),
  };
  for (const { startMs, isMinute, application, sums } of buckets) {
    const into = (level: Level, of: string | null): Sums => {
      const bucketMs = Math.floor(startMs / LEVEL_MS[level]) * LEVEL_MS[level];
      const own = held(levels[level], bucketMs, () => new Map<string | null, Sums>());
      return held(own, of, () => new Map<Dimension, Map<string, number[]>>());
    };
    const of: readonly (string | null)[] = application === null ? [null] : [null, application];
    const everywhere = of.flatMap((each) => [
      into('hour', each),
      into('day', each),
      ...(isMinute ? [into('minute', each)] : []),
    ]);
    const listed = application === null ? [] : [into('day', application)];
    for (const [dimension, names] of sums) {
      const targets = SUMMED.has(dimension)
        ? everywhere
        : dimension === 'principal'
          ? [into('hour', null)]
          : listed;
      for (const target of targets)
        for (const [name, numbers] of names) addTo(target, dimension, name, numbers, 1);
    }
  }
  return (['minute', 'hour', 'day'] as const).flatMap((level) => deltasOf(level, levels[level]));
}

function deltasOf(
  level: Level,
  buckets: ReadonlyMap<number, ReadonlyMap<string | null, Sums>>,
): CountDelta[] {
  const deltas: CountDelta[] = [];
  for (const [bucketMs, byApplication] of buckets)
    for (const [application, sums] of byApplication)
      for (const [dimension, names] of sums)
        for (const [name, numbers] of names)
          if (numbers.some((number) => number !== 0))
            deltas.push({ level, bucketMs, application, dimension, name, numbers });
  return deltas;
}
