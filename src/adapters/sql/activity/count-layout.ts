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

/** The sums of one bucket, by dimension and name: as JSON, `[dimension, name, ...numbers]` for each. */
export type Sums = Map<string, readonly number[]>;

export function sumsIn(text: string): Sums {
  // Written by this house.
  const rows = JSON.parse(text) as readonly (readonly [number, number, ...number[]])[];
  return new Map(rows.map((row) => [`${row[0]} ${row[1]}`, row]));
}

export function addSum(sums: Sums, dimension: number, name: number, numbers: readonly number[]): void {
  const key = `${dimension} ${name}`;
  const known = sums.get(key) ?? [];
  const sum = [dimension, name, ...numbers.map((number, at) => number + (known[at + 2] ?? 0))];
  while (sum.length > 2 && sum.at(-1) === 0) sum.pop();
  if (sum.length > 2) sums.set(key, sum);
  else sums.delete(key);
}

/** Undefined where nothing is left. */
export function textOf(sums: Sums): string | undefined {
  return sums.size === 0 ? undefined : JSON.stringify([...sums.values()]);
}
