/** What appends in the bench of the record: this house's, and what a team would do instead in the same database. */
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { openPostgresStores } from '../../src/adapters/postgres/postgres.ts';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import { openSqliteStores } from '../../src/adapters/sqlite/sqlite.ts';
import { systemClock } from '../../src/base/clock.ts';
import type { AuditEntry } from '../../src/domain/record.ts';
import { masterKeyId } from '../../src/governance/secrets/secrets.ts';
import { createAudit, createKeyring, createLog, type Log } from '../../src/modules/audit/audit.ts';

export interface Contender {
  readonly name: string;
  append(entry: AuditEntry): Promise<unknown>;
  close(): Promise<void>;
}

export interface Record extends Contender {
  readonly log: Log;
  readonly stores: Stores;
}

export const ORIGIN = 'log.bench/record';
const DEADLINE_MS = 60_000;
/** As often as the gateway does. */
const PUBLISH_EVERY_MS = 1_000;

/** The record as the gateway keeps it: concealed, sequenced, integrated and published. */
async function openRecord(
  name: string,
  stores: Stores,
  masterKey: Buffer = randomBytes(32),
): Promise<Record> {
  const keyring = await createKeyring({
    store: stores.keys,
    masterKeys: [{ id: masterKeyId(masterKey), key: masterKey }],
    clock: systemClock,
  });
  const log = createLog({ store: stores.log, keyring, origin: ORIGIN, clock: systemClock });
  const audit = createAudit({
    store: stores.audit,
    keyring,
    origin: log.origin,
    timeoutMs: DEADLINE_MS,
    clock: systemClock,
  });
  const following = log.follow({
    intervalMs: PUBLISH_EVERY_MS,
    onError: (error) => {
      throw error;
    },
  });
  return {
    name,
    log,
    stores,
    append: (entry) => audit.append(entry),
    async close() {
      await following.stop();
      await stores.close();
    },
  };
}

export async function embeddedRecord(directory: string, masterKey?: Buffer): Promise<Record> {
  const stores = await openSqliteStores({ directory, instance: 'bench', clock: systemClock });
  return openRecord('the record, embedded', stores, masterKey);
}

export async function postgresRecord(url: string): Promise<Record> {
  return openRecord(
    'the record, PostgreSQL',
    await openPostgresStores({ url, instance: 'bench', clock: systemClock }),
  );
}

/** Each entry a commit of its own, as one inserts where nobody thought about it. */
export function embeddedInserts(directory: string): Contender {
  const database = openPlain(directory, 'inserts.sqlite');
  database.exec('create table entries (position integer primary key, id text, at_ms integer, entry text)');
  database.exec('create index entries_id on entries (id); create index entries_at on entries (at_ms)');
  const insert = database.prepare('insert into entries (id, at_ms, entry) values (?, ?, ?)');
  return {
    name: 'plain inserts, embedded',
    append: async (entry) => insert.run(entry.id, entry.at, JSON.stringify(entry)),
    close: async () => void database.close(),
  };
}

/** Each entry holds the hash of the one before it. */
export function embeddedChain(directory: string): Contender {
  const database = openPlain(directory, 'chain.sqlite');
  database.exec('create table entries (position integer primary key, hash text, entry text)');
  const last = database
    .prepare<[], string>('select hash from entries order by position desc limit 1')
    .pluck();
  const insert = database.prepare('insert into entries (hash, entry) values (?, ?)');
  const append = database.transaction((text: string) => insert.run(chained(last.get() ?? '', text), text));
  return {
    name: 'a hash chain, embedded',
    append: async (entry) => append.immediate(JSON.stringify(entry)),
    close: async () => void database.close(),
  };
}

function openPlain(directory: string, file: string): Database.Database {
  const database = new Database(join(directory, file));
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  return database;
}

export async function postgresInserts(url: string, connections: number): Promise<Contender> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  await pool.query(
    'create table entries (position bigserial primary key, id text, at_ms bigint, entry text)',
  );
  await pool.query('create index on entries (id)');
  await pool.query('create index on entries (at_ms)');
  return {
    name: 'plain inserts, PostgreSQL',
    append: (entry) =>
      pool.query({
        name: 'insert',
        text: 'insert into entries (id, at_ms, entry) values ($1, $2, $3)',
        values: [entry.id, entry.at, JSON.stringify(entry)],
      }),
    close: () => pool.end(),
  };
}

/** Only one may know what the last hash is: a lock is held from reading it to the commit. */
export async function postgresChain(url: string, connections: number): Promise<Contender> {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  await pool.query('create table chain (position bigserial primary key, hash text, entry text)');
  return {
    name: 'a hash chain, PostgreSQL',
    async append(entry) {
      const client = await pool.connect();
      const text = JSON.stringify(entry);
      await client.query('begin; select pg_advisory_xact_lock(1)');
      const { rows } = await client.query<{ hash: string }>(
        'select hash from chain order by position desc limit 1',
      );
      await client.query('insert into chain (hash, entry) values ($1, $2)', [
        chained(rows[0]?.hash ?? '', text),
        text,
      ]);
      await client.query('commit');
      client.release();
    },
    close: () => pool.end(),
  };
}

function chained(previous: string, text: string): string {
  return createHash('sha256').update(previous).update(text).digest('hex');
}
