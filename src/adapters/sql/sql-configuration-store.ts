/** Versions of the configuration in an SQL database. */
import { type Selectable, sql } from 'kysely';
import type { ConfigurationStore, StoredConfiguration } from '../../governance/configuration/store.ts';
import type { SqlDatabase } from './sql-database.ts';
import type { Tables } from './tables.ts';

export function createSqlConfigurationStore(database: SqlDatabase): ConfigurationStore {
  const select = () => database.queries.selectFrom('configurations').selectAll();
  return {
    async current() {
      const row = await select().orderBy('version', 'desc').limit(1).executeTakeFirst();
      return row && fromRow(row);
    },
    async version(version) {
      const row = await select().where('version', '=', version).executeTakeFirst();
      return row && fromRow(row);
    },
    async list({ before, limit }) {
      const rows = await database.queries
        .selectFrom('configurations')
        .select(['version', 'digest', 'at_ms', 'actor'])
        .where('version', '<', before ?? Number.MAX_SAFE_INTEGER)
        .orderBy('version', 'desc')
        .limit(limit)
        .execute();
      return rows.map(({ version, digest, at_ms: atMs, actor }) => ({ version, digest, atMs, actor }));
    },
    put(next, expected) {
      return database.change('configurations', async (transaction) => {
        // One statement compares and adds; of two at once, the second meets the first's version and adds nothing.
        const added = await sql`insert into configurations (version, digest, tree, at_ms, actor)
          select cast(${expected + 1} as bigint), cast(${next.digest} as text), cast(${next.tree} as text),
            cast(${next.atMs} as bigint), cast(${next.actor} as text)
          where (select coalesce(max(version), 0) from configurations) = ${expected}
          on conflict (version) do nothing`.execute(transaction);
        return (added.numAffectedRows ?? 0n) > 0n;
      });
    },
    onChange: (listener) => database.onChange('configurations', listener),
  };
}

function fromRow(row: Selectable<Tables['configurations']>): StoredConfiguration {
  return { version: row.version, digest: row.digest, tree: row.tree, atMs: row.at_ms, actor: row.actor };
}
