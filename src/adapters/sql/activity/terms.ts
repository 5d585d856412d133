/** Names as numbers: what rows are found by, and what is counted, is written once. */
import type { Dimension, Term } from '../../../governance/activity/store.ts';
import { clean, places, type ActivitySql } from './activity-sql.ts';

const MAX_REMEMBERED = 20_000;
const PER_STATEMENT = 200;

export type NameKind = Term[0] | Dimension;
export type Name = readonly [kind: NameKind, value: string];

export interface Terms {
  /** Numbers of names, made where there are none. */
  numbered(sql: ActivitySql, names: readonly Name[]): Promise<(name: Name) => number>;
  /** After a transaction that failed, or an index that was thrown away. */
  forget(): void;
}

export function createTerms(): Terms {
  const known = new Map<string, number>();

  async function look(sql: ActivitySql, names: readonly Name[]): Promise<void> {
    for (let start = 0; start < names.length; start += PER_STATEMENT) {
      const some = names.slice(start, start + PER_STATEMENT);
      const rows = await sql.all<{ term: number; field: NameKind; value: string }>(
        `select term, field, value from activity_terms where (field, value) in (values ${some.map(() => '(?, ?)').join(', ')})`,
        some.flatMap(([kind, value]) => [kind, clean(value)]),
      );
      const found = new Map(rows.map(({ term, field, value }) => [keyOf([field, value]), term]));
      for (const [kind, value] of some) {
        const term = found.get(keyOf([kind, clean(value)]));
        if (term !== undefined) known.set(keyOf([kind, value]), term);
      }
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
      known.set(keyOf([kind, value]), numbers.get(keyOf([kind, clean(value)])) ?? -1);
  }

  return {
    async numbered(sql, names) {
      if (known.size > MAX_REMEMBERED) known.clear();
      const unknown = () => {
        const missing = new Map<string, Name>();
        for (const name of names) {
          const key = keyOf(name);
          if (!known.has(key)) missing.set(key, name);
        }
        return [...missing.values()];
      };
      const unseen = unknown();
      if (unseen.length > 0) await look(sql, unseen);
      const made = unseen.length > 0 ? unknown() : [];
      if (made.length > 0) await make(sql, made);
      return (name) => known.get(keyOf(name)) ?? -1;
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
