/** How counts lie in the database: names and levels as numbers, and what is read together beside one another. */
import { FIELDS, type COUNTED, type Dimension, type Level } from '../../../governance/activity/store.ts';
import type { Name } from './terms.ts';

/** Only grows: their places are in the tables. */
const DIMENSIONS: readonly Dimension[] = [
  'all',
  'latency',
  'attempt',
  'attempt_failure',
  'configured_model',
  ...FIELDS,
];
export const LEVELS: readonly Level[] = ['minute', 'hour', 'day'];
export const ALL_APPLICATIONS = 0;
export const NUMBERS: typeof COUNTED.length = 8;

export function dimensionNumber(dimension: Dimension): number {
  return DIMENSIONS.indexOf(dimension);
}

export function dimensionAt(number: number): Dimension {
  return DIMENSIONS[number] ?? 'all';
}

export function isNamed(dimension: Dimension): boolean {
  return dimension !== 'all' && dimension !== 'latency';
}

/** What the series and what is unusual are made of is read for many buckets, and so lies apart from the names. */
export function partOf(dimension: Dimension): number {
  return isNamed(dimension) ? 1 : 0;
}

export function nameNumber(dimension: Dimension, name: string, numberOf: (name: Name) => number): number {
  if (dimension === 'all') return 0;
  return dimension === 'latency' ? Number(name) : numberOf([dimension, name]);
}

/** What was counted of one name in one bucket. */
export type Sum = readonly [dimension: number, name: number, ...numbers: number[]];
/** By dimension and name. */
export type Sums = Map<number, [number, number, ...number[]]>;

/** Larger than every number of a name. */
const NAMES = 2 ** 40;

/** A bucket as it is kept: JSON, with the numbers up to the last that is not nothing. */
export function parseSums(text: string): readonly Sum[] {
  // Written by this house.
  return JSON.parse(text) as readonly Sum[];
}

export function addSum(sums: Sums, sum: Sum): void {
  const key = sum[0] * NAMES + sum[1];
  const known = sums.get(key);
  if (!known) return void sums.set(key, [...sum]);
  for (let at = 2; at < sum.length; at++) known[at] = (known[at] ?? 0) + (sum[at] ?? 0);
}

/** Undefined where nothing is left. */
export function textOf(sums: Sums): string | undefined {
  const kept = [...sums.values()].flatMap((sum) => {
    let end = sum.length;
    while (end > 2 && sum[end - 1] === 0) end--;
    return end > 2 ? [sum.slice(0, end)] : [];
  });
  return kept.length === 0 ? undefined : JSON.stringify(kept);
}
