/** The index of the record in an SQL database. */
import {
  INDEX_FORM,
  MINUTES_KEPT_MS,
  type ActivityRow,
  type ActivityStore,
  type AdministrationQuery,
  type AdministrationRow,
  type Field,
  type IndexState,
  type IndexWriting,
} from '../../../governance/activity/store.ts';
import { clean, places, type ActivityDatabase, type ActivitySql, type SqlValue } from './activity-sql.ts';
import { readCounts } from './counts.ts';
import { countRows, findRows } from './find.ts';
import { createStateTable, createTables, dropTables, SEARCHED_TABLES } from './schema.ts';
import { createTerms, type Terms } from './terms.ts';
import { applyChange } from './write.ts';

/** Counts of minutes are looked through for old ones no more often than this. */
const PRUNE_EVERY_MS = 3_600_000;
const IDS_PER_STATEMENT = 500;
/** Entries; fewer are searched fast however it is done. */
const LEAST_GROWTH = 5_000;

interface StateRow {
  readonly form: number;
  readonly generation: number;
  readonly position: number;
  readonly rebuild_until: number;
  readonly caught_up_ms: number;
  readonly renewing: string;
}

/** @throws Error where the index was made by a newer version: it is left to that one */
export async function openActivityStore(database: ActivityDatabase): Promise<ActivityStore> {
  await database.inTurn(prepare);
  const terms = createTerms();
  let generation = -1;
  let prunedAtMs = 0;
  const grown = createGrowth();

  async function writingOn(sql: ActivitySql): Promise<IndexWriting | undefined> {
    const row = await stateRow(sql);
    if (row.form !== INDEX_FORM) throw new Error('the index was made by a newer version of Bartizan');
    if (row.generation !== generation) terms.forget();
    ({ generation } = row);
    const isPruning = Date.now() - prunedAtMs > PRUNE_EVERY_MS;
    if (isPruning) prunedAtMs = Date.now();
    grown.reached(row.position);
    return createWriting(sql, terms, stateOf(row), isPruning);
  }

  return {
    async advance(work) {
      try {
        const result = await database.exclusively(async (sql) => {
          const writing = await writingOn(sql);
          return writing && work(writing);
        });
        if (grown.isMuch()) await database.analyze(SEARCHED_TABLES);
        return result;
      } catch (error) {
        terms.forget();
        throw error;
      }
    },
    reset: (rebuildUntil) =>
      database.inTurn(async (sql) => {
        const { generation: before } = await stateRow(sql);
        await make(sql, before + 1, rebuildUntil);
      }),
    state: async () => stateOf(await stateRow(database)),
    async rows(query) {
      const found = await findRows(database, query);
      return rowsAt(
        database,
        found.map(({ index }) => index),
      );
    },
    count: (query, bound) => countRows(database, query, bound),
    touched: (from, to) => touched(database, from, to),
    counts: (query) => readCounts(database, query),
    async facets(limit) {
      const rows = await database.all<{ field: Field; value: string; rows: number }>(
        `select field, value, rows from activity_terms
         where rows > 0 and field <> 'principal' order by rows desc, value limit ${limit}`,
      );
      return rows.map(({ field, value, rows: count }) => ({ field, value, count }));
    },
    keysBefore: (key) => keysBefore(database, key),
    administration: (query) => administration(database, query),
    async countAdministration(query, bound) {
      const { text, values } = administrationConditions(query);
      const [row] = await database.all<{ count: number }>(
        `select count(*) as count from (select 1 from activity_administration ${text} limit ${bound + 1}) as fitting`,
        values,
      );
      const count = Number(row?.count ?? 0);
      return { count: Math.min(count, bound), isExact: count <= bound };
    },
    close: () => database.close(),
  };
}

/** Whether the index is much larger than when that was told last; the database itself finds out after a minute. */
function createGrowth() {
  let known = 0;
  let position = 0;
  return {
    reached(to: number) {
      if (to < position) known = 0;
      position = to;
    },
    isMuch() {
      if (position < Math.max(LEAST_GROWTH, 2 * known)) return false;
      known = position;
      return true;
    },
  };
}

async function prepare(sql: ActivitySql): Promise<void> {
  await createStateTable(sql);
  const [row] = await sql.all<StateRow>('select * from activity_state');
  if (!row) await make(sql, 1, 0);
  else if (row.form < INDEX_FORM) await make(sql, row.generation + 1, row.position);
}

async function make(sql: ActivitySql, generation: number, rebuildUntil: number): Promise<void> {
  await dropTables(sql);
  await createTables(sql);
  await sql.run('delete from activity_state');
  await sql.run(
    'insert into activity_state (one, form, generation, position, rebuild_until, caught_up_ms, renewing) values (1, ?, ?, 0, ?, ?, ?)',
    [INDEX_FORM, generation, rebuildUntil, Date.now(), '[]'],
  );
}

async function stateRow(sql: ActivitySql): Promise<StateRow> {
  const [row] = await sql.all<StateRow>('select * from activity_state');
  if (!row) throw new Error('the index has no state');
  return row;
}

function stateOf(row: StateRow): IndexState {
  return {
    position: row.position,
    rebuildUntil: row.rebuild_until,
    caughtUpMs: row.caught_up_ms,
    // Written by this house.
    renewing: JSON.parse(row.renewing) as readonly string[],
  };
}

function createWriting(sql: ActivitySql, terms: Terms, state: IndexState, isPruning: boolean): IndexWriting {
  return {
    state,
    async rowsById(ids) {
      const found: ActivityRow[] = [];
      for (let start = 0; start < ids.length; start += IDS_PER_STATEMENT) {
        const some = ids.slice(start, start + IDS_PER_STATEMENT).map(clean);
        const rows = await sql.all<{ leaf_index: number }>(
          `select leaf_index from activity_rows where id in (${places(some)})`,
          some,
        );
        found.push(...(await rowsAt(sql, rows.map(indexOf))));
      }
      return found;
    },
    async rowsBetween(first, last, limit) {
      const rows = await sql.all<{ leaf_index: number }>(
        `select leaf_index from activity_rows where leaf_index >= ? and leaf_index <= ? order by leaf_index limit ${limit}`,
        [first, last],
      );
      return rowsAt(sql, rows.map(indexOf));
    },
    async rowsOf(principal, limit) {
      const keys = [principal, ...(await keysBefore(sql, principal))];
      const rows = await sql.all<{ leaf_index: number }>(
        `select p.leaf_index as leaf_index from activity_postings p join activity_terms t on t.term = p.term
         where t.field = 'principal' and t.value in (${places(keys)}) order by p.at_ms, p.leaf_index limit ${limit}`,
        keys,
      );
      return rowsAt(sql, rows.map(indexOf));
    },
    apply: (change) => applyChange(sql, terms, change),
    async save({ position, rebuildUntil, caughtUpMs, renewing }) {
      if (isPruning) await pruneMinutes(sql, caughtUpMs);
      await sql.run(
        'update activity_state set position = ?, rebuild_until = ?, caught_up_ms = ?, renewing = ?',
        [position, rebuildUntil, caughtUpMs, JSON.stringify(renewing)],
      );
    },
    renewed: (from, to) =>
      sql.run(
        'insert into activity_renewed (renewed, key) values (?, ?) on conflict (renewed, key) do nothing',
        [to, from],
      ),
  };
}

async function pruneMinutes(sql: ActivitySql, nowMs: number): Promise<void> {
  await sql.run('delete from activity_sums where level = 0 and bucket_ms < ?', [nowMs - MINUTES_KEPT_MS]);
}

function indexOf({ leaf_index: index }: { readonly leaf_index: number }): number {
  return index;
}

/** In the order of the indexes. */
async function rowsAt(sql: ActivitySql, indexes: readonly number[]): Promise<readonly ActivityRow[]> {
  const docs = new Map<number, ActivityRow>();
  for (let start = 0; start < indexes.length; start += IDS_PER_STATEMENT) {
    const some = indexes.slice(start, start + IDS_PER_STATEMENT);
    const rows = await sql.all<{ leaf_index: number; doc: string }>(
      `select leaf_index, doc from activity_docs where leaf_index in (${places(some)})`,
      some,
    );
    // Written by this house.
    for (const { leaf_index: index, doc } of rows) docs.set(index, JSON.parse(doc) as ActivityRow);
  }
  return indexes.flatMap((index) => docs.get(index) ?? []);
}

async function touched(sql: ActivitySql, from: number, to: number): Promise<readonly ActivityRow[]> {
  const rows = await sql.all<{ leaf_index: number }>(
    `select leaf_index from activity_rows where leaf_index >= ? and leaf_index < ?
     union select leaf_index from activity_ends where end_index >= ? and end_index < ? order by leaf_index`,
    [from, to, from, to],
  );
  return rowsAt(sql, rows.map(indexOf));
}

async function keysBefore(sql: ActivitySql, key: string): Promise<readonly string[]> {
  const found = new Set<string>();
  let next = [key];
  while (next.length > 0) {
    const rows = await sql.all<{ key: string }>(
      `select key from activity_renewed where renewed in (${places(next)})`,
      next,
    );
    next = rows.flatMap(({ key: each }) => (each === key || found.has(each) ? [] : [each]));
    for (const each of next) found.add(each);
  }
  return [...found];
}

function administrationConditions({ actions, subject, fromMs, toMs, after }: AdministrationQuery): {
  readonly text: string;
  readonly values: readonly SqlValue[];
} {
  const conditions: [string, readonly SqlValue[]][] = [];
  if (actions) conditions.push([`action in (${places(actions)})`, actions.map(clean)]);
  if (subject !== undefined) conditions.push(['subject = ?', [clean(subject)]]);
  if (fromMs !== undefined) conditions.push(['at_ms >= ?', [fromMs]]);
  if (toMs !== undefined) conditions.push(['at_ms < ?', [toMs]]);
  if (after) conditions.push(['(at_ms, leaf_index) < (?, ?)', [after.value, after.index]]);
  return {
    text: conditions.length === 0 ? '' : `where ${conditions.map(([text]) => text).join(' and ')}`,
    values: conditions.flatMap(([, values]) => values),
  };
}

async function administration(
  sql: ActivitySql,
  query: AdministrationQuery,
): Promise<readonly AdministrationRow[]> {
  const { text, values } = administrationConditions(query);
  const rows = await sql.all<{
    leaf_index: number;
    at_ms: number;
    id: string;
    action: string;
    subject: string;
  }>(
    `select * from activity_administration ${text} order by at_ms desc, leaf_index desc limit ${query.limit}`,
    values,
  );
  return rows.map(({ leaf_index: index, at_ms: atMs, ...row }) => ({ index, atMs, ...row }));
}
