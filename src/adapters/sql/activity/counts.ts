/** Reading what was counted, summed over buckets and applications. */
import type { CountQuery, CountRow } from '../../../governance/activity/store.ts';
import { places, type ActivitySql, type SqlValue } from './activity-sql.ts';
import { findTerms } from './terms.ts';
import { ALL_APPLICATIONS, COUNT_COLUMNS, dimensionAt, dimensionNumber, LEVELS } from './write.ts';

type Row = Readonly<Record<(typeof COUNT_COLUMNS)[number], number>> & {
  readonly start_ms: number;
  readonly dimension: number;
  readonly name: number;
  readonly value: string | null;
};

export async function readCounts(sql: ActivitySql, query: CountQuery): Promise<readonly CountRow[]> {
  const applications = await applicationNumbers(sql, query.applications);
  if (applications.length === 0 || query.dimensions.length === 0) return [];
  const names = await nameNumbers(sql, query);
  if (names?.length === 0) return [];
  const { text, values } = statementOf(query, applications, names);
  const rows = await sql.all<Row>(text, values);
  return rows.map((row) => {
    const dimension = dimensionAt(row.dimension);
    return {
      startMs: Number(row.start_ms),
      dimension,
      name: dimension === 'latency' ? String(row.name) : (row.value ?? ''),
      numbers: COUNT_COLUMNS.map((column) => Number(row[column])),
    };
  });
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

/** Summed before names are looked up: there are many more counts than names. */
function statementOf(
  { level, dimensions, fromMs, toMs, widthMs }: CountQuery,
  applications: readonly number[],
  names: readonly number[] | undefined,
): { readonly text: string; readonly values: readonly SqlValue[] } {
  const sums = COUNT_COLUMNS.map((column) => `sum(${column}) as ${column}`).join(', ');
  const start =
    widthMs === undefined
      ? 'cast(0 as bigint)'
      : `(bucket_ms - ${Math.round(fromMs)}) / ${Math.round(widthMs)}`;
  return {
    text: `select s.*, t.value as value from (
      select ${start} as bucket, ${start} * ${Math.round(widthMs ?? 0)} + ${widthMs === undefined ? 0 : Math.round(fromMs)} as start_ms,
        dimension, name, ${sums} from activity_counts
      where level = ? and application in (${places(applications)}) and dimension in (${places(dimensions)})
        and bucket_ms >= ? and bucket_ms < ?${names ? ` and name in (${places(names)})` : ''}
      group by 1, 2, dimension, name having sum(total) > 0
    ) as s left join activity_terms t on t.term = s.name order by s.start_ms, s.total desc, t.value`,
    values: [
      LEVELS.indexOf(level),
      ...applications,
      ...dimensions.map(dimensionNumber),
      fromMs,
      toMs,
      ...(names ?? []),
    ],
  };
}
