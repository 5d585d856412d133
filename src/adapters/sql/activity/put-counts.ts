/** Writing counts: a bucket's sums are one row, so that a second of traffic rewrites few; names that anybody may give are a row each. */
import { SUMMED, type CountDelta } from '../../../governance/activity/store.ts';
import type { ActivitySql, SqlValue } from './activity-sql.ts';
import {
  addSum,
  ALL_APPLICATIONS,
  dimensionNumber,
  LEVELS,
  nameNumber,
  parseSums,
  partOf,
  textOf,
  type Sums,
} from './count-layout.ts';
import type { Name } from './terms.ts';

type NumberOf = (name: Name) => number;

export async function putCounts(
  sql: ActivitySql,
  counts: readonly CountDelta[],
  numberOf: NumberOf,
): Promise<void> {
  await putSums(
    sql,
    counts.filter(({ dimension }) => SUMMED.has(dimension)),
    numberOf,
  );
  await putNames(
    sql,
    counts.filter(({ dimension }) => !SUMMED.has(dimension)),
    numberOf,
  );
}

interface Place {
  readonly key: readonly [level: number, part: number, application: number, bucketMs: number];
  readonly deltas: CountDelta[];
}

async function putSums(sql: ActivitySql, counts: readonly CountDelta[], numberOf: NumberOf): Promise<void> {
  if (counts.length === 0) return;
  const places = placesOf(counts, numberOf);
  const sums = await sumsAt(sql, [...places.values()]);
  const put: SqlValue[][] = [];
  const emptied: SqlValue[][] = [];
  for (const [name, { key, deltas }] of places) {
    const own: Sums = sums.get(name) ?? new Map();
    for (const { dimension, name: of, numbers } of deltas)
      addSum(own, [dimensionNumber(dimension), nameNumber(dimension, of, numberOf), ...numbers]);
    const text = textOf(own);
    if (text === undefined) emptied.push([...key]);
    else put.push([...key, text]);
  }
  await sql.insert({
    into: 'insert into activity_sums (level, part, application, bucket_ms, sums)',
    types: ['integer', 'integer', 'integer', 'integer', 'text'],
    rows: put,
    conflict: 'on conflict (level, part, application, bucket_ms) do update set sums = excluded.sums',
  });
  await sql.each({
    one: 'delete from activity_sums where level = ? and part = ? and application = ? and bucket_ms = ?',
    all: 'delete from activity_sums using given where level = a and part = b and application = c and bucket_ms = d',
    types: ['integer', 'integer', 'integer', 'integer'],
    rows: emptied,
  });
}

function placesOf(counts: readonly CountDelta[], numberOf: NumberOf): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const delta of counts) {
    const { level, application, bucketMs, dimension } = delta;
    const of = application === null ? ALL_APPLICATIONS : numberOf(['application', application]);
    const key = [LEVELS.indexOf(level), partOf(dimension), of, bucketMs] as const;
    const name = key.join(' ');
    const known = places.get(name);
    if (known) known.deltas.push(delta);
    else places.set(name, { key, deltas: [delta] });
  }
  return places;
}

async function sumsAt(sql: ActivitySql, places: readonly Place[]): Promise<ReadonlyMap<string, Sums>> {
  const rows = await sql.each<{
    level: number;
    part: number;
    application: number;
    bucket_ms: number;
    sums: string;
  }>({
    one: 'select * from activity_sums where level = ? and part = ? and application = ? and bucket_ms = ?',
    all: 'select s.* from given join activity_sums s on s.level = a and s.part = b and s.application = c and s.bucket_ms = d',
    types: ['integer', 'integer', 'integer', 'integer'],
    rows: places.map(({ key }) => key),
  });
  return new Map(
    rows.map(({ level, part, application, bucket_ms: bucketMs, sums: text }) => {
      const sums: Sums = new Map();
      for (const sum of parseSums(text)) addSum(sums, sum);
      return [[level, part, application, bucketMs].join(' '), sums];
    }),
  );
}

async function putNames(sql: ActivitySql, counts: readonly CountDelta[], numberOf: NumberOf): Promise<void> {
  const rows = counts.map(({ level, application, dimension, bucketMs, name, numbers: [total = 0] }) => [
    LEVELS.indexOf(level),
    application === null ? ALL_APPLICATIONS : numberOf(['application', application]),
    dimensionNumber(dimension),
    bucketMs,
    nameNumber(dimension, name, numberOf),
    total,
  ]);
  await sql.insert({
    into: 'insert into activity_names (level, application, dimension, bucket_ms, name, total)',
    types: ['integer', 'integer', 'integer', 'integer', 'integer', 'integer'],
    rows,
    conflict:
      'on conflict (level, application, dimension, bucket_ms, name) do update set total = activity_names.total + excluded.total',
  });
  // Of whom nothing is left, it is not told either when there was something.
  await sql.each({
    one: 'delete from activity_names where level = ? and application = ? and dimension = ? and bucket_ms = ? and name = ? and total <= 0',
    all: `delete from activity_names using given
      where level = a and application = b and dimension = c and bucket_ms = d and name = e and total <= 0`,
    types: ['integer', 'integer', 'integer', 'integer', 'integer'],
    rows: rows.filter(([, , , , , total = 0]) => total < 0).map((row) => row.slice(0, 5)),
  });
}
