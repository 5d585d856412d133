/** Which entries of the record are about whom, and erasing, in an SQL database. */
import { type Kysely, sql } from 'kysely';
import type { StoredErasure, SubjectStore } from '../../governance/subjects/store.ts';
import type { SqlDatabase, Writing } from './sql-database.ts';
import type { Tables } from './tables.ts';
import { hasOtherHold, takeTurn } from './turns.ts';

/** A statement has room for 32,766 parameters at least. */
const LEAVES_PER_STATEMENT = 500;

export function createSqlSubjectStore({ queries, write }: SqlDatabase): SubjectStore {
  return {
    async sealed() {
      const content = await queries
        .selectFrom('audit_content')
        .select(({ fn }) => fn.countAll<number>().as('entries'))
        .executeTakeFirstOrThrow();
      const vault = await queries
        .selectFrom('audit_vault')
        .select(({ fn }) => [
          fn.count<number>('leaf_index').distinct().as('entries'),
          fn.countAll<number>().as('texts'),
        ])
        .executeTakeFirstOrThrow();
      return {
        content: Number(content.entries),
        vaults: Number(vault.entries),
        vaultTexts: Number(vault.texts),
      };
    },
    async tally(keys) {
      if (keys.length === 0) return { entries: 0, withContent: 0 };
      const { entries, with_content, first, last } = await queries
        .selectFrom('audit')
        .leftJoin('audit_content', 'audit_content.leaf_index', 'audit.leaf_index')
        .select(({ fn }) => [
          fn.count<number>('audit.leaf_index').as('entries'),
          fn.count<number>('audit_content.leaf_index').as('with_content'),
          fn.min('audit.at_ms').as('first'),
          fn.max('audit.at_ms').as('last'),
        ])
        .where('audit.leaf_index', 'in', leavesAbout(queries, keys))
        .executeTakeFirstOrThrow();
      return {
        entries: Number(entries),
        withContent: Number(with_content),
        ...(first === null ? {} : { firstAtMs: Number(first) }),
        ...(last === null ? {} : { lastAtMs: Number(last) }),
      };
    },
    async together(keys, others) {
      if (keys.length === 0 || others.length === 0) return false;
      const both = await queries
        .selectFrom('audit')
        .select('leaf_index')
        .where('leaf_index', 'in', leavesAbout(queries, keys))
        .where('leaf_index', 'in', leavesAbout(queries, others))
        .limit(1)
        .executeTakeFirst();
      return both !== undefined;
    },
    begin: (erasure, holds) =>
      write(async (transaction) => {
        await takeTurn(transaction);
        if (holds && (await hasOtherHold(transaction, holds))) return undefined;
        return begin(transaction, erasure);
      }),
    pending: () => erasuresWhere(queries, false),
    settle: (id, entry) => write((transaction) => settle(transaction, id, entry)),
    drop: (id) =>
      write(async (transaction) => {
        await transaction.deleteFrom('erased_leaves').where('erasure', '=', id).execute();
        await transaction.deleteFrom('erased_keys').where('erasure', '=', id).execute();
        await transaction.deleteFrom('erasures').where('id', '=', id).execute();
      }),
    async erasedKeys(after, limit) {
      const rows = await queries
        .selectFrom('erased_keys')
        .innerJoin('erasures', 'erasures.id', 'erased_keys.erasure')
        .select('key_id')
        .distinct()
        .where('erasures.leaf_index', 'is not', null)
        .where('key_id', '>', after)
        .orderBy('key_id')
        .limit(limit)
        .execute();
      return rows.map(({ key_id }) => key_id);
    },
    async leftOver() {
      // Asked at every start: mostly there are none.
      const used = new Set(await usedErasedKeys(queries));
      if (used.size === 0) return [];
      const done = await erasuresWhere(queries, true);
      return done.filter(({ keys }) => keys.some((key) => used.has(key)));
    },
    async covering(index) {
      const rows = await queries
        .selectFrom('erased_leaves')
        .select('erasure')
        .where('leaf_index', '=', index)
        .execute();
      const ids = new Set(rows.map(({ erasure }) => erasure));
      const done = (await erasuresWhere(queries, true)).filter(({ id }) => ids.has(id));
      return Promise.all(
        done.map(async (erasure) => ({ erasure, leaves: await leavesOf(queries, erasure.id) })),
      );
    },
  };
}

/** Found by a link, or by whose identity lies beside them. */
function leavesAbout(queries: Writing, keys: readonly string[]) {
  return queries
    .selectFrom('audit_subjects')
    .select('leaf_index')
    .where('subject', 'in', keys)
    .union(
      queries
        .selectFrom('audit')
        .innerJoin('audit_identities', 'audit_identities.id', 'audit.identity')
        .select('audit.leaf_index')
        .where('audit_identities.subject', 'in', keys),
    );
}

async function begin(transaction: Writing, { id, atMs, basis, keys }: StoredErasure) {
  await transaction.insertInto('erasures').values({ id, at_ms: atMs, basis, leaf_index: null }).execute();
  await transaction
    .insertInto('erased_keys')
    .values(keys.map((key) => ({ key_id: key, erasure: id })))
    .execute();
  await transaction
    .insertInto('erased_leaves')
    .columns(['erasure', 'leaf_index'])
    .expression(
      transaction
        .selectFrom(leavesAbout(transaction, keys).as('about'))
        .select([sql<string>`cast(${id} as text)`.as('erasure'), 'about.leaf_index']),
    )
    .execute();
  return leavesOf(transaction, id);
}

async function leavesOf(queries: Kysely<Tables>, id: string): Promise<readonly number[]> {
  const rows = await queries
    .selectFrom('erased_leaves')
    .select('leaf_index')
    .where('erasure', '=', id)
    .orderBy('leaf_index')
    .execute();
  return rows.map(({ leaf_index }) => leaf_index);
}

async function erasuresWhere(queries: Kysely<Tables>, isDone: boolean): Promise<readonly StoredErasure[]> {
  const rows = await queries
    .selectFrom('erasures')
    .innerJoin('erased_keys', 'erased_keys.erasure', 'erasures.id')
    .selectAll()
    .where('leaf_index', isDone ? 'is not' : 'is', null)
    .orderBy('leaf_index')
    .orderBy('id')
    .execute();
  return [...Map.groupBy(rows, ({ id }) => id).values()].flatMap((same) => {
    const [first] = same;
    if (!first) return [];
    const { id, at_ms: atMs, basis, leaf_index: entry } = first;
    const keys = same.map(({ key_id }) => key_id);
    return [{ id, atMs, basis, keys, ...(entry === null ? {} : { entry }) }];
  });
}

/** Erased keys under which something lies again. */
async function usedErasedKeys(queries: Kysely<Tables>): Promise<readonly string[]> {
  const done = queries
    .selectFrom('erased_keys')
    .innerJoin('erasures', 'erasures.id', 'erased_keys.erasure')
    .select('key_id')
    .where('erasures.leaf_index', 'is not', null);
  const rows = await queries
    .selectFrom('audit_subjects')
    .select('subject')
    .where('subject', 'in', done)
    .union(queries.selectFrom('audit_identities').select('subject').where('subject', 'in', done))
    .execute();
  return rows.map(({ subject }) => subject);
}

async function settle(transaction: Writing, id: string, entry: number): Promise<void> {
  const keyRows = await transaction
    .selectFrom('erased_keys')
    .select('key_id')
    .where('erasure', '=', id)
    .execute();
  const keys = keyRows.map(({ key_id }) => key_id);
  if (keys.length === 0) return;
  const leaves = await leavesOf(transaction, id);
  for (let start = 0; start < leaves.length; start += LEAVES_PER_STATEMENT)
    await settleLeaves(transaction, leaves.slice(start, start + LEAVES_PER_STATEMENT), keys, entry);
  // One that an entry of later refers to is left for the erasure that covers it.
  await transaction
    .deleteFrom('audit_identities')
    .where('subject', 'in', keys)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('audit')
            .select('audit.leaf_index')
            .whereRef('audit.identity', '=', 'audit_identities.id'),
        ),
      ),
    )
    .execute();
  await transaction.updateTable('erasures').set({ leaf_index: entry }).where('id', '=', id).execute();
}

async function settleLeaves(
  transaction: Writing,
  leaves: readonly number[],
  keys: readonly string[],
  entry: number,
): Promise<void> {
  const identities = transaction.selectFrom('audit_identities').select('id').where('subject', 'in', keys);
  await transaction
    .updateTable('audit')
    .set({ identity: null, erased_by: entry })
    .where('leaf_index', 'in', leaves)
    .where('identity', 'in', identities)
    .execute();
  const gone = await transaction
    .deleteFrom('audit_content')
    .where('leaf_index', 'in', leaves)
    .where(({ eb, or }) => or(keys.map((key) => eb('subjects', 'like', `%"${key}"%`))))
    .returning('leaf_index')
    .execute();
  if (gone.length > 0)
    await transaction
      .updateTable('audit')
      .set({ erased_by: entry })
      .where(
        'leaf_index',
        'in',
        gone.map(({ leaf_index }) => leaf_index),
      )
      .execute();
  for (const table of ['audit_vault', 'audit_subjects'] as const)
    await transaction
      .deleteFrom(table)
      .where('leaf_index', 'in', leaves)
      .where('subject', 'in', keys)
      .execute();
}
