/** What there is of each name that is searched for: by which of them a search is led, and which totals are known already. */
import type { Dimension, RowQuery, Term } from '../../../governance/activity/store.ts';
import type { ActivitySql, SqlValue } from './activity-sql.ts';
import { readCounts } from './counts.ts';
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
/** Of which a row has one at most. */
const SINGLE: ReadonlySet<string> = new Set<Term[0]>([
  'application',
  'provider',
  'outcome',
  'action',
  'refusal',
  'refused_by',
  'endpoint',
  'principal',
]);
/** What is counted of each application, over all time. */
const COUNTED_OF_APPLICATIONS: ReadonlySet<Dimension> = new Set<Dimension>([
  'outcome',
  'refusal',
  'refused_by',
  'rewritten_by',
  'finding',
]);
const ALL_TIME = { fromMs: -8_640_000_000_000_000, toMs: 8_640_000_000_000_000 };
const MAX_WORD_TERMS = 200;
/** Shorter beginnings are of all ids of days. */
const ID = /^[a-z]{2,5}_[0-9a-f]{8,}$/;

export interface Piece {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

export interface TermSet {
  readonly terms: readonly number[];
  /** How many rows have one of them, or, where these are not disjoint, at most. */
  readonly rows: number;
  /** No row has two of them. */
  readonly isDisjoint: boolean;
}

/** A search, once it is known what there is of each of its names. */
export interface Plan {
  /** Fewest rows first. */
  readonly sets: readonly TermSet[];
  readonly without: readonly FoundTerm[];
  /** Beginnings of ids. */
  readonly ids: readonly string[];
  readonly query: RowQuery;
}

/** Undefined where nothing can fit. */
export async function planOf(sql: ActivitySql, query: RowQuery): Promise<Plan | undefined> {
  const ids = query.words.filter((word) => ID.test(word));
  const names = query.words.filter((word) => !ID.test(word));
  const named = query.sets.map(async (terms) => setOf(await findTerms(sql, terms), isSingle(terms)));
  const worded = names.map(async (word) => setOf(await termsWith(sql, WORD_FIELDS, word, MAX_WORD_TERMS)));
  const sets = (await Promise.all([...named, ...worded])).toSorted((a, b) => a.rows - b.rows);
  if (sets.some(({ rows }) => rows <= 0)) return undefined;
  return { sets, without: await findTerms(sql, query.without), ids, query };
}

function setOf(found: readonly FoundTerm[], isOfSingle = false): TermSet {
  return {
    terms: found.map(({ term }) => term),
    rows: found.reduce((sum, { rows }) => sum + rows, 0),
    isDisjoint: isOfSingle || found.length === 1,
  };
}

function isSingle(terms: readonly Term[]): boolean {
  return new Set(terms.map(([field]) => field)).size === 1 && terms.every(([field]) => SINGLE.has(field));
}

/** All rows, those of one name, and those of an application that have one more, are counted as they are written. */
export async function countedAlready(
  sql: ActivitySql,
  { sets, without, ids, query }: Plan,
): Promise<number | undefined> {
  if (ids.length > 0 || isNarrowed(query)) return undefined;
  const [set] = sets;
  const [unwanted] = without;
  if (!set && without.length <= 1) return (await countAll(sql)) - (unwanted?.rows ?? 0);
  if (without.length > 0 || !set?.isDisjoint) return undefined;
  if (sets.length === 1) return set.rows;
  return sets.length === 2 && query.words.length === 0 ? ofApplications(sql, query) : undefined;
}

function isNarrowed({ fromMs, toMs, minTotalMs, maxTotalMs, minCostMicros }: RowQuery): boolean {
  return [fromMs, toMs, minTotalMs, maxTotalMs, minCostMicros].some((bound) => bound !== undefined);
}

async function countAll(sql: ActivitySql): Promise<number> {
  const [row] = await sql.all<{ count: number | null }>(
    "select sum(rows) as count from activity_terms where field = 'outcome'",
  );
  return Number(row?.count ?? 0);
}

async function ofApplications(sql: ActivitySql, { sets }: RowQuery): Promise<number | undefined> {
  const applications = sets.find((set) => set.every(([field]) => field === 'application'));
  const others = sets.find((set) => set !== applications) ?? [];
  const dimension = others[0]?.[0];
  if (!applications || dimension === undefined) return undefined;
  const isCounted =
    COUNTED_OF_APPLICATIONS.has(dimension) &&
    others.every(([field]) => field === dimension) &&
    (others.length === 1 || SINGLE.has(dimension));
  if (!isCounted) return undefined;
  const rows = await readCounts(sql, {
    level: 'day',
    applications: [...new Set(applications.map(([, value]) => value))],
    dimensions: [dimension],
    names: [...new Set(others.map(([, value]) => value))],
    ...ALL_TIME,
  });
  return rows.reduce((sum, { numbers: [total = 0] }) => sum + total, 0);
}
