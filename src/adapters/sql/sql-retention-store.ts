/** What has had its time, in an SQL database. */
import type { Kysely } from 'kysely';
import type { Candidate, LeafBundle, RetentionStore } from '../../governance/retention/store.ts';
import type { SqlDatabase, Writing } from './sql-database.ts';
import type { Tables } from './tables.ts';
import { hasOtherHold, takeTurn } from './turns.ts';

const BUNDLE = 256;
/** A statement has room for 32,766 parameters at least. */
const LEAVES_PER_STATEMENT = 500;

export function createSqlRetentionStore({ queries, write }: SqlDatabase): RetentionStore {
  const removing = (holds: readonly string[], work: (transaction: Writing) => Promise<unknown>) =>
    write(async (transaction) => {
      await takeTurn(transaction);
      if (await hasOtherHold(transaction, holds)) return false;
      await work(transaction);
      return true;
    });

  return {
    async claim(nowMs, sinceMs) {
      const { numUpdatedRows } = await queries
        .updateTable('retention_runs')
        .set({ at_ms: nowMs })
        .where('at_ms', '<=', sinceMs)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    async candidates(what, beforeMs, fromIndex, limit) {
      const rows = await candidateRows(queries, what, beforeMs, fromIndex, limit);
      const keys = await keysOf(
        queries,
        rows.map(({ leaf_index }) => leaf_index),
      );
      const actedOn = await idsActedOn(
        queries,
        rows.map(({ id }) => id),
      );
      return rows.map(
        ({ leaf_index: index, at_ms: atMs, kind, id }): Candidate => ({
          index,
          atMs,
          kind,
          id,
          isActedOn: actedOn.has(id),
          keys: keys.get(index) ?? [],
        }),
      );
    },
    removeContent: (indexes, holds) =>
      inSteps(stepsOf(indexes), (some) =>
        removing(holds, async (transaction) => {
          for (const table of ['audit_content', 'audit_vault'] as const)
            await transaction.deleteFrom(table).where('leaf_index', 'in', some).execute();
        }),
      ),
    removeIdentities: (indexes, holds) =>
      inSteps(stepsOf(indexes), (some) => removing(holds, (transaction) => unlink(transaction, some))),
    bundles: (fromBundle, limit) => bundles(queries, fromBundle, limit),
    async keysIn(bundle) {
      const indexes = Array.from({ length: BUNDLE }, (_, at) => bundle * BUNDLE + at);
      return [...(await keysOf(queries, indexes)).values()].flat();
    },
    async actedOnIn(bundle) {
      const rows = await queries
        .selectFrom('audit')
        .select('id')
        .distinct()
        .where('leaf_index', '>=', bundle * BUNDLE)
        .where('leaf_index', '<', (bundle + 1) * BUNDLE)
        .execute();
      return [
        ...(await idsActedOn(
          queries,
          rows.map(({ id }) => id),
        )),
      ];
    },
    removeBundles: (removed, holds) =>
      inSteps(removed, (bundle) =>
        removing(holds, async (transaction) => {
          const indexes = Array.from({ length: BUNDLE }, (_, at) => bundle * BUNDLE + at);
          await unlink(transaction, indexes);
          for (const table of ['audit_content', 'audit_vault', 'audit'] as const)
            await transaction
              .deleteFrom(table)
              .where('leaf_index', '>=', bundle * BUNDLE)
              .where('leaf_index', '<', (bundle + 1) * BUNDLE)
              .execute();
          await transaction.deleteFrom('log_bundles').where('bundle_index', '=', bundle).execute();
        }),
      ),
  };
}

/** Whether all of them were done: it ends at the first that was not. */
async function inSteps<Step>(
  steps: readonly Step[],
  work: (step: Step) => Promise<boolean>,
): Promise<boolean> {
  for (const step of steps) if (!(await work(step))) return false;
  return true;
}

function stepsOf(indexes: readonly number[]): readonly (readonly number[])[] {
  const steps = Math.ceil(indexes.length / LEAVES_PER_STATEMENT);
  return Array.from({ length: steps }, (_, step) =>
    indexes.slice(step * LEAVES_PER_STATEMENT, (step + 1) * LEAVES_PER_STATEMENT),
  );
}

function candidateRows(
  queries: Kysely<Tables>,
  what: 'content' | 'identities',
  beforeMs: number,
  fromIndex: number,
  limit: number,
) {
  return queries
    .selectFrom('audit')
    .select(['leaf_index', 'at_ms', 'kind', 'id'])
    .where('at_ms', '<', beforeMs)
    .where('leaf_index', '>=', fromIndex)
    .where(({ or, eb, selectFrom }) => {
      const inVault = eb('leaf_index', 'in', selectFrom('audit_vault').select('leaf_index'));
      return what === 'content'
        ? or([inVault, eb('leaf_index', 'in', selectFrom('audit_content').select('leaf_index'))])
        : or([
            inVault,
            // Who administered is of another class, and goes with the entry.
            eb('identity', 'is not', null).and('kind', '<>', 'administration'),
            eb('leaf_index', 'in', selectFrom('audit_subjects').select('leaf_index')),
          ]);
    })
    .orderBy('leaf_index')
    .limit(limit)
    .execute();
}

/** Those under which an administrative act is recorded. */
async function idsActedOn(queries: Kysely<Tables>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await queries
    .selectFrom('audit')
    .select('id')
    .where('id', 'in', ids)
    .where('kind', '=', 'administration')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Ids of the keys of whom each is about. */
async function keysOf(
  queries: Kysely<Tables>,
  indexes: readonly number[],
): Promise<ReadonlyMap<number, readonly string[]>> {
  if (indexes.length === 0) return new Map();
  const linked = await queries
    .selectFrom('audit_subjects')
    .select(['leaf_index', 'subject'])
    .where('leaf_index', 'in', indexes)
    .execute();
  const named = await queries
    .selectFrom('audit')
    .innerJoin('audit_identities', 'audit_identities.id', 'audit.identity')
    .select(['audit.leaf_index', 'audit_identities.subject'])
    .where('audit.leaf_index', 'in', indexes)
    .execute();
  const keys = new Map<number, string[]>();
  for (const { leaf_index, subject } of [...linked, ...named])
    keys.set(leaf_index, [...(keys.get(leaf_index) ?? []), subject]);
  return addContentKeys(queries, indexes, keys);
}

/** Once who it was is gone, what was said is still under the keys of whom it is about. */
async function addContentKeys(
  queries: Kysely<Tables>,
  indexes: readonly number[],
  keys: Map<number, string[]>,
): Promise<ReadonlyMap<number, readonly string[]>> {
  const contents = await queries
    .selectFrom('audit_content')
    .select(['leaf_index', 'subjects'])
    .where('leaf_index', 'in', indexes)
    .execute();
  for (const { leaf_index, subjects } of contents)
    keys.set(leaf_index, [
      ...new Set([...(keys.get(leaf_index) ?? []), ...(JSON.parse(subjects) as string[])]),
    ]);
  return keys;
}

async function unlink(transaction: Writing, indexes: readonly number[]): Promise<void> {
  const rows = await transaction
    .selectFrom('audit')
    .select('identity')
    .distinct()
    .where('leaf_index', 'in', indexes)
    .where('identity', 'is not', null)
    .execute();
  await transaction.updateTable('audit').set({ identity: null }).where('leaf_index', 'in', indexes).execute();
  for (const table of ['audit_subjects', 'audit_vault'] as const)
    await transaction.deleteFrom(table).where('leaf_index', 'in', indexes).execute();
  const identities = rows.flatMap(({ identity }) => (identity === null ? [] : [identity]));
  if (identities.length === 0) return;
  await transaction
    .deleteFrom('audit_identities')
    .where('id', 'in', identities)
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
}

async function bundles(
  queries: Kysely<Tables>,
  fromBundle: number,
  limit: number,
): Promise<readonly LeafBundle[]> {
  const stored = await queries
    .selectFrom('log_bundles')
    .select('bundle_index')
    .where('bundle_index', '>=', fromBundle)
    .orderBy('bundle_index')
    .limit(limit)
    .execute();
  return Promise.all(stored.map(({ bundle_index }) => timesOf(queries, bundle_index)));
}

async function timesOf(queries: Kysely<Tables>, bundle: number): Promise<LeafBundle> {
  const rows = await queries
    .selectFrom('audit')
    .select(({ fn }) => ['kind', fn.max('at_ms').as('latest')])
    .where('leaf_index', '>=', bundle * BUNDLE)
    .where('leaf_index', '<', (bundle + 1) * BUNDLE)
    .groupBy('kind')
    .execute();
  const latest = (isAdministration: boolean) =>
    Math.max(
      ...rows
        .filter(({ kind }) => (kind === 'administration') === isAdministration)
        .map((row) => Number(row.latest)),
    );
  const [interactions, administration] = [latest(false), latest(true)];
  return {
    bundle,
    ...(Number.isFinite(interactions) ? { interactionsAtMs: interactions } : {}),
    ...(Number.isFinite(administration) ? { administrationAtMs: administration } : {}),
  };
}
