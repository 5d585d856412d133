/** The keys of subjects as rows of an SQL database, which may be another one than the record's. */
import { type Kysely, sql } from 'kysely';
import type { KeyStore, StoredKey } from '../../modules/audit/keys.ts';
import type { SqlDialect } from './migrations.ts';

export interface KeyTables {
  readonly subject_keys: SubjectKeysTable;
}

interface SubjectKeysTable {
  id: string;
  tag: string;
  identifier: Uint8Array;
  wrapped_key: Uint8Array;
  master_key_id: string;
  created_at_ms: number;
  restricted_at_ms: number | null;
}

/** Safe to run by several processes at once. */
export async function createKeyTables(database: Kysely<KeyTables>, dialect: SqlDialect): Promise<void> {
  const bytes = sql.raw(dialect === 'sqlite' ? 'blob' : 'bytea');
  await sql`create table if not exists subject_keys (
    id text primary key, tag text not null, identifier ${bytes} not null, wrapped_key ${bytes} not null,
    master_key_id text not null, created_at_ms bigint not null, restricted_at_ms bigint
  )`.execute(database);
  await sql`create index if not exists subject_keys_tag on subject_keys (tag)`.execute(database);
}

/** All but destroying, which each database does in its own way. */
export function createKeyRows(database: Kysely<KeyTables>): Omit<KeyStore, 'destroy' | 'close'> {
  return {
    async find(tag) {
      const rows = await database
        .selectFrom('subject_keys')
        .selectAll()
        .where('tag', '=', tag)
        .orderBy('created_at_ms')
        .orderBy('id')
        .execute();
      return rows.map(storedKey);
    },
    async get(ids) {
      if (ids.length === 0) return [];
      const rows = await database.selectFrom('subject_keys').selectAll().where('id', 'in', ids).execute();
      return rows.map(storedKey);
    },
    async list(afterId, limit) {
      const rows = await database
        .selectFrom('subject_keys')
        .selectAll()
        .where('id', '>', afterId)
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(storedKey);
    },
    async add(key) {
      await database
        .insertInto('subject_keys')
        .values({ ...columnsOf(key), id: key.id, tag: key.tag, created_at_ms: key.createdAtMs })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .execute();
    },
    async replace(keys) {
      await database.transaction().execute(async (transaction) => {
        for (const key of keys)
          await transaction
            .updateTable('subject_keys')
            .set(columnsOf(key))
            .where('id', '=', key.id)
            .execute();
      });
    },
  };
}

function columnsOf(key: StoredKey) {
  return {
    identifier: key.identifier,
    wrapped_key: key.wrappedKey,
    master_key_id: key.masterKeyId,
    restricted_at_ms: key.restrictedAtMs ?? null,
  };
}

function storedKey(row: SubjectKeysTable): StoredKey {
  return {
    id: row.id,
    tag: row.tag,
    identifier: row.identifier,
    wrappedKey: row.wrapped_key,
    masterKeyId: row.master_key_id,
    createdAtMs: row.created_at_ms,
    ...(row.restricted_at_ms === null ? {} : { restrictedAtMs: row.restricted_at_ms }),
  };
}
