/** Searching the index: one list of numbers leads, and each of its rows is asked for what else it must be. */
import type { RowPageQuery, RowQuery, Total } from '../../../governance/activity/store.ts';
import { places, type ActivitySql } from './activity-sql.ts';
import { countedAlready, planOf, type Piece, type Plan, type TermSet } from './plan.ts';

/** As many lists are merged; more are sorted, or asked for row by row. */
const MAX_MERGED = 16;
/** As many rows are looked up and sorted at once. */
const MAX_SORTED = 60_000;
/** To look up one row of a list costs as much as to read so many of it in their order. */
const LOOKUP = 8;
/** Beside twice a page, so many rows of the shortest list are looked up before lists are read as a whole. */
const LOOKED_UP_FIRST = 5_000;
/** So few rows of a time, a latency or a cost lead: they are known at once, and sorted. */
const MAX_RANGE = 20_000;

export interface Found {
  readonly value: number;
  readonly index: number;
}

export async function findRows(sql: ActivitySql, query: RowPageQuery): Promise<readonly Found[]> {
  const plan = await planOf(sql, query);
  if (!plan) return [];
  for (const { text, values, isPart } of await statementsOf(sql, plan, query)) {
    const rows = await sql.all<{ value: number; leaf_index: number }>(text, values);
    if (isPart && rows.length < query.limit) continue;
    return rows.map(({ value, leaf_index: index }) => ({ value: Number(value), index }));
  }
  return [];
}

export async function countRows(sql: ActivitySql, query: RowQuery, bound: number): Promise<Total> {
  const plan = await planOf(sql, query);
  if (!plan) return { count: 0, isExact: true };
  const known = await countedAlready(sql, plan);
  if (known !== undefined) return { count: known, isExact: true };
  const asked = { ...query, sort: 'at', descending: true, limit: bound + 1 } as const;
  for (const { text, values, isPart } of await statementsOf(sql, plan, asked)) {
    const [row] = await sql.all<{ count: number }>(
      `select count(*) as count from (${text}) as fitting`,
      values,
    );
    const count = Number(row?.count ?? 0);
    if (count > bound) return { count: bound, isExact: false };
    if (!isPart) return { count, isExact: true };
  }
  return { count: 0, isExact: true };
}

interface Statement extends Piece {
  /** It sees the first rows alone: what fills no page is asked by the next. */
  readonly isPart: boolean;
}

/** The last one sees all rows. */
async function statementsOf(
  sql: ActivitySql,
  plan: Plan,
  query: RowPageQuery,
): Promise<readonly Statement[]> {
  const whole = (piece: Piece) => [{ ...piece, isPart: false }];
  const range = await narrowest(sql, plan, query);
  if (range) return whole(ofRange(plan, query, range));
  const search = { ...plan, joined: joinedOf(sql, plan) };
  if (query.sort !== 'at') return whole(byValue(search, query));
  const [fewest] = plan.sets;
  const first = 2 * query.limit + LOOKED_UP_FIRST;
  if (search.joined.size === 0 || !fewest || fewest.terms.length > 1) return whole(inTime(search, query));
  const lookedUp = ofTerms({ ...plan, joined: new Set(), first }, query, fewest.terms, 'p.at_ms');
  if (fewest.rows <= first) return whole(lookedUp);
  return [{ ...lookedUp, isPart: true }, ...whole(inTime(search, query))];
}

interface Search extends Plan {
  /** Lists that are read as a whole beside the one that leads. */
  readonly joined: ReadonlySet<TermSet>;
  /** Of the list that leads, no more rows are looked at. */
  readonly first?: number;
}

/**
 * SQLite looks up each row, whatever is asked. PostgreSQL reads two lists faster than it looks up every row of the shorter
 * one: where many were looked up for too few that fit, it is told to.
 */
function joinedOf(sql: ActivitySql, { sets: [fewest, ...others] }: Plan): ReadonlySet<TermSet> {
  if (!fewest || sql.dialect === 'sqlite') return new Set();
  return new Set(
    others.filter(({ rows, isDisjoint }) => isDisjoint && fewest.rows + rows < LOOKUP * fewest.rows),
  );
}

/** Of ids, latencies, costs and, where rows are not in its order, time: what holds so few rows that it leads. */
async function narrowest(
  sql: ActivitySql,
  { ids, sets: [fewest] }: Plan,
  query: RowPageQuery,
): Promise<readonly Piece[] | undefined> {
  if (ids.length > 0) return idConditions(ids);
  let most = Math.min(MAX_RANGE, (fewest?.rows ?? Infinity) - 1);
  let found: readonly Piece[] | undefined;
  const ranges = [
    query.sort === 'latency' ? [] : latencyConditions(query),
    query.sort === 'cost' ? [] : costConditions(query),
    query.sort === 'at' ? [] : timeConditions(query),
  ];
  for (const range of ranges) {
    if (range.length === 0) continue;
    const [row] = await sql.all<{ count: number }>(
      `select count(*) as count from (select 1 from activity_rows r where ${and(range)} limit ${most + 1}) as few`,
      valuesOf(range),
    );
    const count = Number(row?.count ?? 0);
    if (count > most) continue;
    most = count;
    found = range;
  }
  return found;
}

/** All rows of the range, each asked for the rest, and sorted. */
function ofRange(plan: Plan, query: RowPageQuery, range: readonly Piece[]): Piece {
  const list = walk(plan, query, COLUMNS[query.sort], 'candidates');
  return {
    text: `with candidates as materialized (
      select leaf_index, id, at_ms, total_ms, cost_micros from activity_rows r where ${and(range)}
    ) ${list.text}`,
    values: [...valuesOf(range), ...list.values],
  };
}

const COLUMNS = { at: 'at_ms', cost: 'cost_micros', latency: 'total_ms' } as const;

function inTime(plan: Search, query: RowPageQuery): Piece {
  const [fewest] = plan.sets;
  if (!fewest) return walk(plan, query, 'at_ms');
  if (fewest.terms.length <= MAX_MERGED) return merged(plan, query, fewest);
  return fewest.rows <= MAX_SORTED ? sorted(plan, query, fewest, 'p.at_ms') : walk(plan, query, 'at_ms');
}

function byValue(plan: Search, query: RowPageQuery): Piece {
  const column = COLUMNS[query.sort];
  const [fewest] = plan.sets;
  if (fewest && fewest.rows <= MAX_SORTED) return sorted(plan, query, fewest, `r.${column}`);
  return walk(plan, query, column);
}

/** The first of each list, and of those the first. */
function merged(plan: Search, query: RowPageQuery, { terms, isDisjoint }: TermSet): Piece {
  const order = orderOf('value', 'leaf_index', query);
  const lists = terms.map((term) => ofTerms(plan, query, [term], 'p.at_ms'));
  const [only] = lists;
  if (only && lists.length === 1) return only;
  const union = isDisjoint ? ' union all ' : ' union ';
  return {
    text: `select value, leaf_index from (${lists.map(({ text }) => `select * from (${text}) as list`).join(union)}) as lists ${order} limit ${query.limit}`,
    values: lists.flatMap(({ values }) => values),
  };
}

/** All rows of these names, sorted. */
function sorted(plan: Search, query: RowPageQuery, { terms, isDisjoint }: TermSet, column: string): Piece {
  const list = ofTerms(plan, query, terms, column);
  return isDisjoint ? list : { text: list.text.replace(/^select /, 'select distinct '), values: list.values };
}

function ofTerms(plan: Search, query: RowPageQuery, terms: readonly number[], column: string): Piece {
  const needsRow = column.startsWith('r.') || rowConditions(query).length > 0;
  const list: Piece[] = [
    terms.length === 1
      ? { text: 'p.term = ?', values: terms }
      : { text: `p.term in (${places(terms)})`, values: terms },
    ...timeConditions(query, 'p'),
    ...placeConditions(query, column, 'p.leaf_index'),
  ];
  const rest: Piece[] = [
    ...plan.sets.slice(1).flatMap((set) => (plan.joined.has(set) ? [] : [has(set.terms, 'p')])),
    ...unwanted(plan, 'p'),
    ...rowConditions(query),
  ];
  const order = orderOf(column, 'p.leaf_index', query);
  const joins = [...plan.joined].map((set, at) => join(set.terms, `q${at}`));
  // By both, so that whichever side is read first, the lists are looked up by what they are sorted by.
  if (needsRow)
    joins.push({
      text: 'join activity_rows r on r.leaf_index = p.leaf_index and r.at_ms = p.at_ms ',
      values: [],
    });
  const beginning = `select p.at_ms, p.leaf_index from activity_postings p where ${and(list)} ${order} limit ${plan.first}`;
  const from: Piece =
    plan.first === undefined
      ? { text: 'activity_postings p', values: [] }
      : { text: `(${beginning}) as p`, values: valuesOf(list) };
  const conditions = plan.first === undefined ? [...list, ...rest] : rest;
  return {
    text: `select ${column} as value, p.leaf_index as leaf_index from ${from.text} ${joins.map(({ text }) => text).join('')}${where(conditions)}${order} limit ${query.limit}`,
    values: valuesOf([from, ...joins, ...conditions]),
  };
}

function join(terms: readonly number[], as: string): Piece {
  return {
    text: `join activity_postings ${as} on ${as}.term in (${places(terms)}) and ${as}.at_ms = p.at_ms and ${as}.leaf_index = p.leaf_index `,
    values: terms,
  };
}

/** Row by row in the order that is asked for. */
function walk(plan: Plan, query: RowPageQuery, column: string, table = 'activity_rows'): Piece {
  const conditions: Piece[] = [
    ...timeConditions(query),
    ...placeConditions(query, `r.${column}`, 'r.leaf_index'),
    ...rowConditions(query),
    ...idConditions(plan.ids),
    ...plan.sets.map(({ terms }) => has(terms, 'r')),
    ...unwanted(plan, 'r'),
  ];
  return {
    text: `select r.${column} as value, r.leaf_index as leaf_index from ${table} r ${where(conditions)}${orderOf(`r.${column}`, 'r.leaf_index', query)} limit ${query.limit}`,
    values: valuesOf(conditions),
  };
}

function where(conditions: readonly Piece[]): string {
  return conditions.length === 0 ? '' : `where ${and(conditions)} `;
}

function and(conditions: readonly Piece[]): string {
  return conditions.map(({ text }) => text).join(' and ');
}

function valuesOf(conditions: readonly Piece[]): Piece['values'] {
  return conditions.flatMap(({ values }) => values);
}

function orderOf(value: string, index: string, { descending }: RowPageQuery): string {
  const direction = descending ? 'desc' : 'asc';
  return `order by ${value} ${direction}, ${index} ${direction}`;
}

function idConditions(ids: readonly string[]): Piece[] {
  return ids.map((id) => ({ text: 'r.id >= ? and r.id < ?', values: [id, `${id}\u{10FFFF}`] }));
}

function timeConditions({ fromMs, toMs }: RowQuery, table = 'r'): Piece[] {
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

function rowConditions(query: RowQuery): Piece[] {
  return [...latencyConditions(query), ...costConditions(query)];
}

function latencyConditions({ minTotalMs, maxTotalMs }: RowQuery): Piece[] {
  return [
    ...(minTotalMs === undefined ? [] : [{ text: 'r.total_ms >= ?', values: [minTotalMs] }]),
    ...(maxTotalMs === undefined ? [] : [{ text: 'r.total_ms <= ?', values: [maxTotalMs] }]),
  ];
}

function costConditions({ minCostMicros }: RowQuery): Piece[] {
  return minCostMicros === undefined ? [] : [{ text: 'r.cost_micros >= ?', values: [minCostMicros] }];
}

/** A look for each row: as a count, since PostgreSQL makes a join over the whole list of what says `exists`. */
function has(terms: readonly number[], table: string): Piece {
  return {
    text: `(select count(*) from (select 1 from activity_postings q where q.term in (${places(terms)}) and q.at_ms = ${table}.at_ms and q.leaf_index = ${table}.leaf_index limit 1) as one) > 0`,
    values: terms,
  };
}

function unwanted({ without }: Plan, table: string): Piece[] {
  if (without.length === 0) return [];
  const { text, values } = has(
    without.map(({ term }) => term),
    table,
  );
  return [{ text: text.replace(/> 0$/, '= 0'), values }];
}
