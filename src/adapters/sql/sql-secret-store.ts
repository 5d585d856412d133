/** Sealed secrets in an SQL database. */
import type { Selectable } from 'kysely';
import type { SecretStore, StoredSecret } from '../../governance/secrets/store.ts';
import type { SqlDatabase } from './sql-database.ts';
import type { Tables } from './tables.ts';

export function createSqlSecretStore(database: SqlDatabase): SecretStore {
  const select = () => database.queries.selectFrom('secrets').selectAll();
  return {
    async get(name) {
      const row = await select().where('name', '=', name).executeTakeFirst();
      return row && fromRow(row);
    },
    async put(secret) {
      const { name, sealed, masterKeyId: master_key_id, updatedAtMs: updated_at_ms } = secret;
      await database.change('secrets', async (transaction) => {
        await transaction
          .insertInto('secrets')
          .values({ name, sealed, master_key_id, updated_at_ms })
          .onConflict((conflict) =>
            conflict.column('name').doUpdateSet({ sealed, master_key_id, updated_at_ms }),
          )
          .execute();
        return true;
      });
    },
    remove(name) {
      return database.change('secrets', async (transaction) => {
        const result = await transaction.deleteFrom('secrets').where('name', '=', name).executeTakeFirst();
        return result.numDeletedRows > 0n;
      });
    },
    async list() {
      const stored = (await select().execute()).map(fromRow);
      // Sorted here: databases differ in how they collate text.
      return stored.sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    onChange: (listener) => database.onChange('secrets', listener),
  };
}

function fromRow(row: Selectable<Tables['secrets']>): StoredSecret {
  const { name, sealed, master_key_id: masterKeyId, updated_at_ms: updatedAtMs } = row;
  return { name, sealed, masterKeyId, updatedAtMs };
}
