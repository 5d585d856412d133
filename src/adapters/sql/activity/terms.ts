/** Names as numbers: what rows are found by, and what is counted, is written once. */
import type { Dimension, Term } from '../../../governance/activity/store.ts';
import { clean, places, type ActivitySql } from './activity-sql.ts';

const MAX_REMEMBERED = 20_000;

export type NameKind = Term[0] | Dimension;
export type Name = readonly [kind: NameKind, value: string];

export interface Terms {
  /** Numbers of names, made where there are none. */
  numbered(sql: ActivitySql, names: readonly Name[]): Promise<(name: Name) => number>;
  /** After a transaction that failed, or an index that was thrown away. */
  forget(): void;
}

/** Numbers by kind and value: what is looked up for every term of every row makes no key first. */
function createNumbers() {
  const kinds = new Map<NameKind, Map<string, number>>();
  let size = 0;
  return {
    get: ([kind, value]: Name) => kinds.get(kind)?.get(value),
    set([kind, value]: Name, number: number) {
      const values = kinds.get(kind) ?? new Map<string, number>();
      kinds.set(kind, values.set(value, number));
      size++;
    },
    size: () => size,
    clear() {
      kinds.clear();
      size = 0;
    },
  };
}

export function createTerms(): Terms {
  const known = createNumbers();

  function unknownOf(names: readonly Name[]): readonly Name[] {
    const missing = new Map<string, Name>();
    for (const name of names) if (known.get(name) === undefined) missing.set(keyOf(name), name);
    return [...missing.values()];
  }

  async function look(sql: ActivitySql, names: readonly Name[]): Promise<void> {
    const rows = await sql.each<{ term: number; field: NameKind; value: string }>({
      one: 'select term, field, value from activity_terms where field = ? and value = ?',
      all: 'select term, field, value from given join activity_terms on field = a and value = b',
      types: ['text', 'text'],
      rows: names.map(([kind, value]) => [kind, clean(value)]),
    });
    const found = new Map(rows.map(({ term, field, value }) => [keyOf([field, value]), term]));
    for (const [kind, value] of names) {
      const term = found.get(keyOf([kind, clean(value)]));
      if (term !== undefined) known.set([kind, value], term);
    }
  }

  async function make(sql: ActivitySql, names: readonly Name[]): Promise<void> {
    const made = [
      ...new Map(
        names.map(([kind, value]) => [keyOf([kind, clean(value)]), [kind, clean(value)] as const]),
      ).values(),
    ];
    const [last] = await sql.all<{ term: number | null }>('select max(term) as term from activity_terms');
    const first = (last?.term ?? 0) + 1;
    await sql.insert({
      into: 'insert into activity_terms (term, field, value, folded, rows)',
      types: ['integer', 'text', 'text', 'text', 'integer'],
      rows: made.map(([kind, value], at) => [first + at, kind, value, clean(value.toLowerCase()), 0]),
    });
    const numbers = new Map(made.map((name, at) => [keyOf(name), first + at]));
    for (const [kind, value] of names)
      known.set([kind, value], numbers.get(keyOf([kind, clean(value)])) ?? -1);
  }

  return {
    async numbered(sql, names) {
      if (known.size() > MAX_REMEMBERED) known.clear();
      const unseen = unknownOf(names);
      if (unseen.length > 0) await look(sql, unseen);
      const made = unknownOf(unseen);
      if (made.length > 0) await make(sql, made);
      return (name) => known.get(name) ?? -1;
    },
    forget: () => known.clear(),
  };
}

function keyOf([kind, value]: Name): string {
  return `${kind}\n${value}`;
}

export interface FoundTerm {
  readonly term: number;
  readonly rows: number;
}

/** Those of the names that there are. */
export async function findTerms(sql: ActivitySql, names: readonly Name[]): Promise<readonly FoundTerm[]> {
  if (names.length === 0) return [];
  return sql.all<FoundTerm>(
    `select term, rows from activity_terms where (field, value) in (values ${names.map(() => '(?, ?)').join(', ')})`,
    names.flatMap(([field, value]) => [field, clean(value)]),
  );
}

/** What the numbers stand for. */
export async function termNames(
  sql: ActivitySql,
  terms: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await sql.each<{ term: number; value: string }>({
    one: 'select term, value from activity_terms where term = ?',
    all: 'select term, value from given join activity_terms on term = a',
    types: ['integer'],
    rows: [...new Set(terms)].map((term) => [term]),
  });
  return new Map(rows.map(({ term, value }) => [term, value]));
}

/** Terms of these fields whose value has the word in it. */
export function termsWith(
  sql: ActivitySql,
  fields: readonly string[],
  word: string,
  limit: number,
): Promise<readonly FoundTerm[]> {
  return sql.all<FoundTerm>(
    `select term, rows from activity_terms
     where field in (${places(fields)}) and folded like ? escape '!' and rows > 0
     order by rows desc, term limit ${limit}`,
    [...fields, `%${clean(word).replace(/[!%_]/g, '!$&')}%`],
  );
}
