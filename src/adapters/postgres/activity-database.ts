/** The index beside the state in PostgreSQL: one follower at a time, whichever replica it is. */
import type pg from 'pg';
import type {
  ActivityDatabase,
  ActivitySql,
  ColumnType,
  Each,
  SqlValue,
} from '../sql/activity/activity-sql.ts';
import { createPool } from './pool.ts';

const ARRAYS: Readonly<Record<ColumnType, string>> = {
  integer: 'bigint[]',
  real: 'float8[]',
  text: 'text[]',
};
/** Letters of the name, as bytes; the second part is that of the schema. */
const LOCK = 0x61_63_74_76;

export function openPostgresActivityDatabase(
  url: string,
  queryTimeoutMs: number,
  connections: number,
): ActivityDatabase {
  const pool = createPool(url, queryTimeoutMs, connections, 'set jit = off');

  async function transaction<T>(
    take: string,
    work: (sql: ActivitySql) => Promise<T>,
  ): Promise<T | undefined> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      // What a crash takes is read from the record again, with how far the index had come.
      await client.query('set local synchronous_commit = off');
      const { rows } = await client.query<{ taken: boolean | null }>(take);
      if (rows[0]?.taken === false) {
        await client.query('rollback');
        return undefined;
      }
      const result = await work(createSql(client));
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((cause: unknown) => {
        broken = cause instanceof Error ? cause : new Error('the connection is not usable', { cause });
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  const lock = (name: string, as: string) => `select ${name}(${LOCK}, hashtext(current_schema())) ${as}`;
  return {
    ...createSql(pool),
    exclusively: (work) => transaction(lock('pg_try_advisory_xact_lock', 'as taken'), work),
    async inTurn(work) {
      // Nothing is undefined here: it waits for the lock.
      return (await transaction(
        `select true as taken from (${lock('pg_advisory_xact_lock', 'as waited')}) as one`,
        work,
      )) as Awaited<ReturnType<typeof work>>;
    },
    async analyze(tables) {
      await pool.query(`analyze ${tables.join(', ')}`);
    },
    close: () => pool.end(),
  };
}

function createSql(client: Pick<pg.Pool, 'query'>): ActivitySql {
  return {
    dialect: 'postgres',
    async all<Row>(text: string, values: readonly SqlValue[] = []) {
      const { rows } = await client.query(numbered(text), [...values]);
      // The statement says which columns there are.
      return rows as readonly Row[];
    },
    async run(text, values = []) {
      await client.query(numbered(text), [...values]);
    },
    async insert({ into, types, rows, conflict = '' }) {
      if (rows.length === 0) return;
      await client.query(
        `${into} select * from unnest(${arraysOf(types)}) ${conflict}`,
        columnsOf(types, rows),
      );
    },
    async each<Row>({ all, types, rows }: Each) {
      if (rows.length === 0) return [];
      const names = types.map((_, at) => String.fromCodePoint(FIRST_LETTER + at)).join(', ');
      const { rows: found } = await client.query(
        `with given (${names}) as (select * from unnest(${arraysOf(types)})) ${all}`,
        columnsOf(types, rows),
      );
      // The statement says which columns there are.
      return found as readonly Row[];
    },
  };
}

const FIRST_LETTER = 0x61;

/** `$1`, `$2`, … in place of the question marks, which no statement has otherwise. */
function numbered(text: string): string {
  let number = 0;
  return text.replace(/\?/g, () => `$${++number}`);
}

function arraysOf(types: readonly ColumnType[]): string {
  return types.map((type, at) => `$${at + 1}::${ARRAYS[type]}`).join(', ');
}

/** Each column as the text of an array: the driver would quote every number of it. */
function columnsOf(types: readonly ColumnType[], rows: readonly (readonly SqlValue[])[]): unknown[] {
  return types.map((type, at) =>
    type === 'text' ? rows.map((row) => row[at]) : `{${rows.map((row) => row[at] ?? 'null').join(',')}}`,
  );
}
