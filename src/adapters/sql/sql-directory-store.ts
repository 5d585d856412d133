/** What a directory has told, in an SQL database. */
import type { Insertable, Selectable } from 'kysely';
import type { DirectoryStore, StoredDirectoryEntry } from '../../governance/provisioning/store.ts';
import type { SqlDatabase } from './sql-database.ts';
import type { Tables } from './tables.ts';

export function createSqlDirectoryStore({ queries }: SqlDatabase): DirectoryStore {
  const select = () => queries.selectFrom('directory').selectAll();
  return {
    async add(entry) {
      const { numInsertedOrUpdatedRows } = await queries
        .insertInto('directory')
        .values(toRow(entry))
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows === 1n;
    },
    async find(kind, id) {
      const row = await select().where('kind', '=', kind).where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },
    async list(kind) {
      return (await select().where('kind', '=', kind).orderBy('id').execute()).map(fromRow);
    },
    async change(entry) {
      const { numUpdatedRows } = await queries
        .updateTable('directory')
        .set(toRow(entry))
        .where('id', '=', entry.id)
        .where('version', '=', entry.version - 1)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async remove(kind, id, version) {
      const { numDeletedRows } = await queries
        .deleteFrom('directory')
        .where('kind', '=', kind)
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst();
      return numDeletedRows === 1n;
    },
  };
}

function toRow({ kind, id, name, version, createdAtMs, modifiedAtMs, content }: StoredDirectoryEntry) {
  return {
    kind,
    id,
    name,
    version,
    created_at_ms: createdAtMs,
    modified_at_ms: modifiedAtMs,
    content,
  } satisfies Insertable<Tables['directory']>;
}

function fromRow(row: Selectable<Tables['directory']>): StoredDirectoryEntry {
  const { created_at_ms: createdAtMs, modified_at_ms: modifiedAtMs, ...same } = row;
  return { ...same, kind: same.kind === 'user' ? 'user' : 'group', createdAtMs, modifiedAtMs };
}
