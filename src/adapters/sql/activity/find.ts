/** Searching the index: one list of numbers leads, and each of its rows is asked for what else it must be. */
import type { RowPageQuery, RowQuery, Term, Total } from '../../../governance/activity/store.ts';
import { places, type ActivitySql, type SqlValue } from './activity-sql.ts';
import { findTerms, termsWith, type FoundTerm } from './terms.ts';

/** What a word is looked for in. Whom a row is about is found by the whole name alone. */
const WORD_FIELDS: readonly Term[0][] = [
  'application',
  'model',
  'provider',
  'outcome',
  'action',
  'refusal',
  'guardrail',
  'finding',
  'scanner',
  'policy',
  'event',
  'endpoint',
];
const MAX_WORD_TERMS = 200;
/** As many lists are merged; more are sorted, or asked for row by row. */
const MAX_MERGED = 16;
/** As many rows are looked up and sorted at once. */
const MAX_SORTED = 60_000;
/** Shorter beginnings are of all ids of days. */
const ID = /^[a-z]{2,5}_[0-9a-f]{8,}$/;

export interface Found {
  readonly value: number;
  readonly index: number;
}

interface Piece {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

/** A search, once it is known what there is of each of its names. */
interface Plan {
  /** Fewest rows first. */
  readonly sets: readonly TermSet[];
  readonly without: readonly number[];
  /** Beginnings of ids. */
  readonly ids: readonly string[];
  readonly query: RowQuery;
}

interface TermSet {
  readonly terms: readonly number[];
  readonly rows: number;
}

/** Undefined where nothing can fit. */
async function planOf(sql: ActivitySql, query: RowQuery): Promise<Plan | undefined> {
  const ids = query.words.filter((word) => ID.test(word));
  const names = query.words.filter((word) => !ID.test(word));
  const found = [
    ...(await Promise.all(query.sets.map((terms) => findTerms(sql, terms)))),
    ...(await Promise.all(names.map((word) => termsWith(sql, WORD_FIELDS, word, MAX_WORD_TERMS)))),
  ];
  const sets = found.map(setOf).toSorted((a, b) => a.rows - b.rows);
  if (sets.some(({ rows }) => rows <= 0)) return undefined;
  const without = await findTerms(sql, query.without);
  return { sets, without: without.map(({ term }) => term), ids, query };
}

function setOf(found: readonly FoundTerm[]): TermSet {
  return { terms: found.map(({ term }) => term), rows: found.reduce((sum, { rows }) => sum + rows, 0) };
}

export async function findRows(sql: ActivitySql, query: RowPageQuery): Promise<readonly Found[]> {
  const plan = await planOf(sql, query);
  if (!plan) return [];
  const { text, values } = query.sort === 'at' ? inTime(plan, query) : byValue(plan, query);
  const rows = await sql.all<{ value: number; leaf_index: number }>(text, values);
  return rows.map(({ value, leaf_index: index }) => ({ value: Number(value), index }));
}

export async function countRows(sql: ActivitySql, query: RowQuery, bound: number): Promise<Total> {
  const plan = await planOf(sql, query);
  if (!plan) return { count: 0, isExact: true };
  const known = await countedAlready(sql, plan);
  if (known !== undefined) return { count: known, isExact: true };
  const { text, values } = inTime(plan, { ...query, sort: 'at', descending: true, limit: bound + 1 });
  const [row] = await sql.all<{ count: number }>(
    `select count(*) as count from (${text}) as fitting`,
    values,
  );
  const count = Number(row?.count ?? 0);
  return count > bound ? { count: bound, isExact: false } : { count, isExact: true };
}

/** All rows, or those of one name, are counted as they are written. */
async function countedAlready(
  sql: ActivitySql,
  { sets, without, ids, query }: Plan,
): Promise<number | undefined> {
  if (without.length > 0 || ids.length > 0 || sets.length > 1 || isNarrowed(query)) return undefined;
  const [only] = sets;
  if (only) return only.terms.length === 1 ? only.rows : undefined;
  const [row] = await sql.all<{ count: number | null }>(
    "select sum(rows) as count from activity_terms where field = 'outcome'",
  );
  return Number(row?.count ?? 0);
}

function isNarrowed({ fromMs, toMs, minTotalMs, maxTotalMs, minCostMicros }: RowQuery): boolean {
  return [fromMs, toMs, minTotalMs, maxTotalMs, minCostMicros].some((bound) => bound !== undefined);
}

function inTime(plan: Plan, query: RowPageQuery): Piece {
  const [fewest] = plan.sets;
  if (!fewest || plan.ids.length > 0) return walk(plan, query, 'at_ms');
  if (fewest.terms.length <= MAX_MERGED) return merged(plan, query, fewest);
  return fewest.rows <= MAX_SORTED ? sorted(plan, query, fewest, 'p.at_ms') : walk(plan, query, 'at_ms');
}

function byValue(plan: Plan, query: RowPageQuery): Piece {
  const column = query.sort === 'cost' ? 'cost_micros' : 'total_ms';
  const [fewest] = plan.sets;
  if (fewest && fewest.rows <= MAX_SORTED && plan.ids.length === 0)
    return sorted(plan, query, fewest, `r.${column}`);
  return walk(plan, query, column);
}

/** The first of each list, and of those the first. */
function merged(plan: Plan, query: RowPageQuery, { terms }: TermSet): Piece {
  const order = orderOf('value', 'leaf_index', query);
  const lists = terms.map((term) => ofTerms(plan, query, [term], 'p.at_ms'));
  const [only] = lists;
  if (only && lists.length === 1) return only;
  return {
    text: `select value, leaf_index from (${lists.map(({ text }) => `select * from (${text}) as list`).join(' union ')}) as lists ${order} limit ${query.limit}`,
    values: lists.flatMap(({ values }) => values),
  };
}

/** All rows of these names, sorted. */
function sorted(plan: Plan, query: RowPageQuery, { terms }: TermSet, column: string): Piece {
  const list = ofTerms(plan, query, terms, column);
  return terms.length === 1
    ? list
    : {
        text: list.text.replace(/^select /, 'select distinct '),
        values: list.values,
      };
}

function ofTerms(plan: Plan, query: RowPageQuery, terms: readonly number[], column: string): Piece {
  const needsRow = column.startsWith('r.') || rowConditions(query).length > 0;
  const conditions: Piece[] = [
    terms.length === 1
      ? { text: 'p.term = ?', values: terms }
      : { text: `p.term in (${places(terms)})`, values: terms },
    ...timeConditions(query, 'p'),
    ...placeConditions(query, column, 'p.leaf_index'),
    ...plan.sets.slice(1).map(({ terms: others }) => has(others, 'p')),
    ...(plan.without.length > 0 ? [hasNot(plan.without, 'p')] : []),
    ...rowConditions(query),
  ];
  return {
    text: `select ${column} as value, p.leaf_index as leaf_index from activity_postings p ${needsRow ? 'join activity_rows r on r.leaf_index = p.leaf_index ' : ''}where ${and(conditions)} ${orderOf(column, 'p.leaf_index', query)} limit ${query.limit}`,
    values: conditions.flatMap(({ values }) => values),
  };
}

/** Row by row in the order that is asked for. */
function walk(plan: Plan, query: RowPageQuery, column: string): Piece {
  const conditions: Piece[] = [
    ...timeConditions(query, 'r'),
    ...placeConditions(query, `r.${column}`, 'r.leaf_index'),
    ...rowConditions(query),
    ...plan.ids.map((id) => ({ text: 'r.id >= ? and r.id < ?', values: [id, `${id}\u{10FFFF}`] })),
    ...plan.sets.map(({ terms }) => has(terms, 'r')),
    ...(plan.without.length > 0 ? [hasNot(plan.without, 'r')] : []),
  ];
  return {
    text: `select r.${column} as value, r.leaf_index as leaf_index from activity_rows r ${conditions.length === 0 ? '' : `where ${and(conditions)} `}${orderOf(`r.${column}`, 'r.leaf_index', query)} limit ${query.limit}`,
    values: conditions.flatMap(({ values }) => values),
  };
}

function and(conditions: readonly Piece[]): string {
  return conditions.map(({ text }) => text).join(' and ');
}

function orderOf(value: string, index: string, { descending }: RowPageQuery): string {
  const direction = descending ? 'desc' : 'asc';
  return `order by ${value} ${direction}, ${index} ${direction}`;
}

function timeConditions({ fromMs, toMs }: RowQuery, table: string): Piece[] {
  return [
    ...(fromMs === undefined ? [] : [{ text: `${table}.at_ms >= ?`, values: [fromMs] }]),
    ...(toMs === undefined ? [] : [{ text: `${table}.at_ms < ?`, values: [toMs] }]),
  ];
}

function placeConditions({ after, descending }: RowPageQuery, value: string, index: string): Piece[] {
  if (!after) return [];
  const sign = descending ? '<' : '>';
  return [{ text: `(${value}, ${index}) ${sign} (?, ?)`, values: [after.value, after.index] }];
}

function rowConditions({ minTotalMs, maxTotalMs, minCostMicros }: RowQuery): Piece[] {
  return [
    ...(minTotalMs === undefined ? [] : [{ text: 'r.total_ms >= ?', values: [minTotalMs] }]),
    ...(maxTotalMs === undefined ? [] : [{ text: 'r.total_ms <= ?', values: [maxTotalMs] }]),
    ...(minCostMicros === undefined ? [] : [{ text: 'r.cost_micros >= ?', values: [minCostMicros] }]),
  ];
}

/** A look for each row: as a count, since PostgreSQL makes a join over the whole list of what says `exists`. */
function has(terms: readonly number[], table: string): Piece {
  return {
    text: `(select count(*) from (select 1 from activity_postings q where q.term in (${places(terms)}) and q.at_ms = ${table}.at_ms and q.leaf_index = ${table}.leaf_index limit 1) as one) > 0`,
    values: terms,
  };
}

function hasNot(terms: readonly number[], table: string): Piece {
  const { text, values } = has(terms, table);
  return { text: text.replace(/> 0$/, '= 0'), values };
}
