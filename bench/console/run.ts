/**
 * `npm run bench:console`: how fast Activity and Overview are over a million interactions, in both databases, and how the
 * live tail keeps up. PostgreSQL is taken from BARTIZAN_TEST_POSTGRES_URL; without it the embedded database alone is measured.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openPostgresActivity } from '../../src/adapters/postgres/activity.ts';
import { openSqliteActivity } from '../../src/adapters/sqlite/activity.ts';
import { chooseCores } from '../cores.ts';
import { describeMachine, syncMilliseconds } from '../machine.ts';
import { CACHE_DIRECTORY } from '../places.ts';
import { measure, type Measured } from './measure.ts';
import { pageOf } from './page.ts';

const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    /** Of filling one database; what is not there by then is left out, and said. */
    seconds: { type: 'string', default: '600' },
    tail: { type: 'string', default: '8' },
    only: { type: 'string' },
    /** A directory, or a schema, that stays: a later run goes on filling where this one ended. */
    place: { type: 'string' },
    /** Figures of runs of one database each, as `--save` wrote them: joined in one page. */
    join: { type: 'string', multiple: true },
    save: { type: 'string' },
    output: { type: 'string', default: join(import.meta.dirname, '..', 'RESULTS-CONSOLE.md') },
  },
});
const wish = {
  rows: Number(options.rows),
  fillMs: Number(options.seconds) * 1_000,
  tailMs: Number(options.tail) * 1_000,
};

async function embedded(directory: string): Promise<Measured> {
  const data = options.place ?? join(directory, 'data');
  mkdirSync(data, { recursive: true });
  const store = await openSqliteActivity(data);
  try {
    return await measure('SQLite', store, wish, async () =>
      readdirSync(data).reduce((sum, name) => sum + statSync(join(data, name)).size, 0),
    );
  } finally {
    await store.close();
  }
}

async function postgres(base: string): Promise<Measured> {
  const schema = options.place ?? `bench_console_${process.pid}`;
  const client = new pg.Client({ connectionString: base });
  await client.connect();
  await client.query(`create schema if not exists ${schema}`);
  const url = new URL(base);
  url.searchParams.set('options', `-c search_path=${schema}`);
  try {
    const store = await openPostgresActivity(url.href);
    try {
      return await measure('PostgreSQL', store, wish, async () => {
        const { rows } = await client.query<{ bytes: string }>(
          `select sum(pg_total_relation_size(c.oid)) as bytes from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where n.nspname = $1 and c.relkind = 'r'`,
          [schema],
        );
        return Number(rows[0]?.bytes ?? 0);
      });
    } finally {
      await store.close();
    }
  } finally {
    if (options.place === undefined) await client.query(`drop schema ${schema} cascade`);
    await client.end();
  }
}

mkdirSync(CACHE_DIRECTORY, { recursive: true });
const directory = mkdtempSync(join(CACHE_DIRECTORY, 'console-'));
try {
  const base = process.env['BARTIZAN_TEST_POSTGRES_URL'];
  const measured: Measured[] = [];
  for (const file of options.join ?? [])
    measured.push(...(JSON.parse(readFileSync(file, 'utf8')) as Measured[]));
  const isMeasuring = options.join === undefined;
  if (isMeasuring && options.only !== 'postgres') measured.push(await embedded(directory));
  if (isMeasuring && base !== undefined && options.only !== 'sqlite') measured.push(await postgres(base));
  if (options.save !== undefined) writeFileSync(options.save, JSON.stringify(measured));
  const machine = describeMachine(chooseCores(), syncMilliseconds(directory), false);
  const page = pageOf(measured, machine);
  writeFileSync(options.output, page);
  console.log(page);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
