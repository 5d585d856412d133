/** Writing the index: rows, what they are found by, and what is counted of them, in the follower's transaction. */
import type { ActivityRow, IndexChange, RowChange, Term } from '../../../governance/activity/store.ts';
import { clean, type ActivitySql, type SqlValue } from './activity-sql.ts';
import { isNamed } from './count-layout.ts';
import { putCounts } from './put-counts.ts';
import type { Name, Terms } from './terms.ts';

const ROW_TABLES = [
  ['activity_rows', 'leaf_index'],
  ['activity_docs', 'leaf_index'],
  ['activity_ends', 'leaf_index'],
] as const;

export async function applyChange(sql: ActivitySql, terms: Terms, change: IndexChange): Promise<void> {
  const numberOf = await terms.numbered(sql, namesIn(change));
  await removeRows(sql, change.rows);
  await removePostings(sql, change.rows, numberOf);
  await putRows(sql, change.rows);
  await putPostings(sql, change.rows, numberOf);
  await countTerms(sql, change.rows, numberOf);
  await putCounts(sql, change.counts, numberOf);
  await administer(sql, change);
  if (change.rows.some(({ removedTerms }) => removedTerms.some(([field]) => field === 'principal')))
    await forgetPrincipals(sql, terms);
}

function namesIn({ rows, counts }: IndexChange): readonly Name[] {
  const names: Name[] = [];
  for (const { addedTerms, removedTerms } of rows) names.push(...addedTerms, ...removedTerms);
  for (const { application, dimension, name } of counts) {
    if (application !== null) names.push(['application', application]);
    if (isNamed(dimension)) names.push([dimension, name]);
  }
  return names;
}

async function removeRows(sql: ActivitySql, rows: readonly RowChange[]): Promise<void> {
  const gone = rows.flatMap(({ before, after }) => (before && !after ? [before] : []));
  if (gone.length === 0) return;
  for (const [table, column] of ROW_TABLES)
    await sql.each({
      one: `delete from ${table} where ${column} = ?`,
      all: `delete from ${table} using given where ${column} = a`,
      types: ['integer'],
      rows: gone.map(({ index }) => [index]),
    });
}

async function removePostings(
  sql: ActivitySql,
  rows: readonly RowChange[],
  numberOf: (name: Term) => number,
): Promise<void> {
  await sql.each({
    one: 'delete from activity_postings where term = ? and at_ms = ? and leaf_index = ?',
    all: 'delete from activity_postings p using given where p.term = a and p.at_ms = b and p.leaf_index = c',
    types: ['integer', 'integer', 'integer'],
    rows: rows.flatMap(({ before, removedTerms }) =>
      before ? removedTerms.map((term) => [numberOf(term), before.atMs, before.index]) : [],
    ),
  });
}

async function putRows(sql: ActivitySql, changes: readonly RowChange[]): Promise<void> {
  const rows = changes.flatMap(({ after }) => (after ? [after] : []));
  const ends = rows.flatMap(({ endIndex, index }) => (endIndex === undefined ? [] : [[endIndex, index]]));
  await sql.insert({
    into: 'insert into activity_rows (leaf_index, at_ms, id, total_ms, cost_micros)',
    types: ['integer', 'integer', 'text', 'real', 'integer'],
    rows: rows.map((row) => [row.index, row.atMs, clean(row.id), row.totalMs, row.costMicros ?? 0]),
    conflict:
      'on conflict (leaf_index) do update set total_ms = excluded.total_ms, cost_micros = excluded.cost_micros',
  });
  await sql.insert({
    into: 'insert into activity_docs (leaf_index, doc)',
    types: ['integer', 'text'],
    rows: rows.map((row) => [row.index, docOf(row)]),
    conflict: 'on conflict (leaf_index) do update set doc = excluded.doc',
  });
  await sql.insert({
    into: 'insert into activity_ends (end_index, leaf_index)',
    types: ['integer', 'integer'],
    rows: ends,
    conflict: 'on conflict (end_index) do nothing',
  });
}

function docOf(row: ActivityRow): string {
  return JSON.stringify(row);
}

async function putPostings(
  sql: ActivitySql,
  changes: readonly RowChange[],
  numberOf: (name: Term) => number,
): Promise<void> {
  const rows: SqlValue[][] = [];
  for (const { after, addedTerms } of changes)
    if (after) for (const term of addedTerms) rows.push([numberOf(term), after.atMs, after.index]);
  // In the table's order: each of its pages is visited once.
  rows.sort((a, b) => Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1]));
  await sql.insert({
    into: 'insert into activity_postings (term, at_ms, leaf_index)',
    types: ['integer', 'integer', 'integer'],
    rows,
    conflict: 'on conflict (term, at_ms, leaf_index) do nothing',
  });
}

/** How many rows each term has: what a search begins with. */
async function countTerms(
  sql: ActivitySql,
  changes: readonly RowChange[],
  numberOf: (name: Term) => number,
): Promise<void> {
  const sums = new Map<number, number>();
  const add = (term: Term, by: number) => {
    const number = numberOf(term);
    sums.set(number, (sums.get(number) ?? 0) + by);
  };
  for (const { addedTerms, removedTerms } of changes) {
    for (const term of addedTerms) add(term, 1);
    for (const term of removedTerms) add(term, -1);
  }
  await sql.each({
    one: 'update activity_terms set rows = rows + ? where term = ?',
    all: 'update activity_terms set rows = rows + a from given where term = b',
    types: ['integer', 'integer'],
    rows: [...sums].flatMap(([term, by]) => (by === 0 ? [] : [[by, term]])),
  });
}

async function administer(
  sql: ActivitySql,
  { administration, removedAdministration }: IndexChange,
): Promise<void> {
  for (const [first, last] of removedAdministration)
    await sql.run('delete from activity_administration where leaf_index >= ? and leaf_index <= ?', [
      first,
      last,
    ]);
  await sql.insert({
    into: 'insert into activity_administration (leaf_index, at_ms, id, action, subject)',
    types: ['integer', 'integer', 'text', 'text', 'text'],
    rows: administration.map(({ index, atMs, id, action, subject }) => [
      index,
      atMs,
      clean(id),
      clean(action),
      clean(subject),
    ]),
    conflict: 'on conflict (leaf_index) do nothing',
  });
}

/** Of whom no row is left, nothing is: neither the key's id nor when there was traffic. */
async function forgetPrincipals(sql: ActivitySql, terms: Terms): Promise<void> {
  const gone = await sql.all<{ term: number; value: string }>(
    "select term, value from activity_terms where field = 'principal' and rows <= 0",
  );
  if (gone.length > 0) terms.forget();
  for (const { term, value } of gone) {
    await sql.run('delete from activity_terms where term = ?', [term]);
    await sql.run('delete from activity_renewed where renewed = ? or key = ?', [value, value]);
  }
}
