/** The record and the keys of its subjects in PostgreSQL, read by connections of their own. */
import { Kysely, PostgresDialect } from 'kysely';
import type { KeyTables } from '../sql/key-rows.ts';
import { createRecordReader, type RecordReader } from '../sql/record-reader.ts';
import type { Tables } from '../sql/tables.ts';
import { createPool } from './pool.ts';

const QUERY_TIMEOUT_MS = 10_000;

export function openPostgresRecord(url: string, keysUrl: string = url): RecordReader {
  const dialectOf = (at: string) => new PostgresDialect({ pool: createPool(at, QUERY_TIMEOUT_MS, 1) });
  return createRecordReader(
    new Kysely<Tables>({ dialect: dialectOf(url) }),
    new Kysely<KeyTables>({ dialect: dialectOf(keysUrl) }),
  );
}
