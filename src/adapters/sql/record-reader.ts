/** The record with the keys of its subjects, for a thread that only reads them, beside those that write. */
import type { Kysely } from 'kysely';
import type { KeyStore } from '../../modules/audit/keys.ts';
import { createAuditReader, type AuditReader } from './audit-reader.ts';
import { createKeyRows, type KeyTables } from './key-rows.ts';
import { createLeafReader } from './leaf-reader.ts';
import type { Tables } from './tables.ts';

export interface RecordReader {
  readonly read: AuditReader['read'];
  readonly keys: Pick<KeyStore, 'get'>;
  close(): Promise<void>;
}

export function createRecordReader(record: Kysely<Tables>, keys: Kysely<KeyTables>): RecordReader {
  const { read } = createAuditReader(record, createLeafReader(record), '');
  return {
    read,
    keys: createKeyRows(keys),
    async close() {
      await Promise.all([record.destroy(), keys.destroy()]);
    },
  };
}
