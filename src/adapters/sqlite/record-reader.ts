/** The record and the keys of its subjects in the embedded database, read without any lock. */
import { join } from 'node:path';
import { Kysely, SqliteDialect } from 'kysely';
import type { KeyTables } from '../sql/key-rows.ts';
import { createRecordReader, type RecordReader } from '../sql/record-reader.ts';
import type { Tables } from '../sql/tables.ts';
import { openReadOnly } from './connection.ts';

const BUSY_TIMEOUT_MS = 1_000;

export function openSqliteRecord(directory: string, keysDirectory: string = directory): RecordReader {
  const dialectOf = (file: string) => new SqliteDialect({ database: openReadOnly(file, BUSY_TIMEOUT_MS) });
  return createRecordReader(
    new Kysely<Tables>({ dialect: dialectOf(join(directory, 'bartizan.sqlite')) }),
    new Kysely<KeyTables>({ dialect: dialectOf(join(keysDirectory, 'keys.sqlite')) }),
  );
}
