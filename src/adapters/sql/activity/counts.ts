/** Reading what was counted, summed over buckets and applications. */
import { LEVEL_MS, SUMMED, type CountQuery, type CountRow } from '../../../governance/activity/store.ts';
import { places, type ActivitySql } from './activity-sql.ts';
import {
  addSum,
  ALL_APPLICATIONS,
  dimensionAt,
  dimensionNumber,
  isNamed,
  LEVELS,
  NUMBERS,
  parseSums,
  partOf,
  type Sum,
  type Sums,
} from './count-layout.ts';
import { findTerms, termNames } from './terms.ts';

interface Asked {
  readonly query: CountQuery;
  readonly applications: readonly number[];
  readonly names: readonly number[] | undefined;
}

export async function readCounts(sql: ActivitySql, query: CountQuery): Promise<readonly CountRow[]> {
  const applications = await applicationNumbers(sql, query.applications);
  if (applications.length === 0) return [];
  const names = await nameNumbers(sql, query);
  if (names?.length === 0) return [];
  const asked = { query, applications, names };
  const buckets = new Map<number, Sums>();
  const add: Add = (bucketMs, sum) => {
    const startMs = startOf(query, bucketMs);
    const sums: Sums = buckets.get(startMs) ?? new Map();
    buckets.set(startMs, sums);
    addSum(sums, sum);
  };
  await addSums(sql, asked, add);
  await addNames(sql, asked, add);
  return named(sql, buckets);
}

function startOf({ fromMs, widthMs }: CountQuery, bucketMs: number): number {
  return widthMs === undefined ? 0 : fromMs + Math.floor((bucketMs - fromMs) / widthMs) * widthMs;
}

async function applicationNumbers(
  sql: ActivitySql,
  applications: readonly string[] | null,
): Promise<readonly number[]> {
  if (applications === null) return [ALL_APPLICATIONS];
  const found = await findTerms(
    sql,
    applications.map((application) => ['application', application]),
  );
  return found.map(({ term }) => term);
}

async function nameNumbers(
  sql: ActivitySql,
  { names, dimensions }: CountQuery,
): Promise<readonly number[] | undefined> {
  if (!names) return undefined;
  const found = await Promise.all(
    dimensions.map((dimension) =>
      findTerms(
        sql,
        names.map((name) => [dimension, name]),
      ),
    ),
  );
  return found.flat().map(({ term }) => term);
}

type Add = (bucketMs: number, sum: Sum) => void;

async function addSums(sql: ActivitySql, { query, applications, names }: Asked, add: Add): Promise<void> {
  const dimensions = query.dimensions.filter((each) => SUMMED.has(each));
  const wanted = new Set(dimensions.map(dimensionNumber));
  for (const part of new Set(dimensions.map(partOf))) {
    const rows = await sql.all<{ bucket_ms: number; sums: string }>(
      `select bucket_ms, sums from activity_sums
       where level = ? and part = ? and application in (${places(applications)}) and bucket_ms >= ? and bucket_ms < ?`,
      [LEVELS.indexOf(query.level), part, ...applications, query.fromMs, query.toMs],
    );
    for (const { bucket_ms: bucketMs, sums } of rows)
      for (const sum of parseSums(sums))
        if (wanted.has(sum[0]) && (!names || names.includes(sum[1]))) add(bucketMs, sum);
  }
}

/** Of a few names each bucket is named as well: the table is sorted by buckets first. */
async function addNames(sql: ActivitySql, { query, applications, names }: Asked, add: Add): Promise<void> {
  const { level, fromMs, toMs } = query;
  const dimensions = query.dimensions.filter((each) => !SUMMED.has(each)).map(dimensionNumber);
  if (dimensions.length === 0) return;
  const buckets = names ? bucketsOf(query) : [];
  const rows = await sql.all<{ bucket_ms: number; dimension: number; name: number; total: number }>(
    `select bucket_ms, dimension, name, total from activity_names
     where level = ? and application in (${places(applications)}) and dimension in (${places(dimensions)})
       and ${names ? `bucket_ms in (${buckets.join(', ')}) and name in (${places(names)})` : 'bucket_ms >= ? and bucket_ms < ?'}`,
    [LEVELS.indexOf(level), ...applications, ...dimensions, ...(names ?? [fromMs, toMs])],
  );
  for (const { bucket_ms: bucketMs, dimension, name, total } of rows) add(bucketMs, [dimension, name, total]);
}

function bucketsOf({ level, fromMs, toMs }: CountQuery): readonly number[] {
  const widthMs = LEVEL_MS[level];
  const first = Math.ceil(fromMs / widthMs) * widthMs;
  return Array.from(
    { length: Math.max(1, Math.ceil((toMs - first) / widthMs)) },
    (_, at) => first + at * widthMs,
  );
}

/** In the order of their time, the most first. */
async function named(sql: ActivitySql, buckets: ReadonlyMap<number, Sums>): Promise<readonly CountRow[]> {
  const found = [...buckets].flatMap(([startMs, sums]) =>
    [...sums.values()].flatMap(([dimension, name, ...numbers]) =>
      (numbers[0] ?? 0) > 0 ? [{ startMs, dimension: dimensionAt(dimension), name, numbers }] : [],
    ),
  );
  const values = await termNames(
    sql,
    found.flatMap(({ dimension, name }) => (isNamed(dimension) ? [name] : [])),
  );
  return found
    .map(({ startMs, dimension, name, numbers }) => ({
      startMs,
      dimension,
      name: dimension === 'latency' ? String(name) : (values.get(name) ?? ''),
      numbers: Array.from({ length: NUMBERS }, (_, at) => numbers[at] ?? 0),
    }))
    .toSorted(
      (a, b) =>
        a.startMs - b.startMs ||
        (b.numbers[0] ?? 0) - (a.numbers[0] ?? 0) ||
        (a.name < b.name ? -1 : Number(a.name > b.name)),
    );
}
