/** Requests for approval in an SQL database. */
import type { Selectable } from 'kysely';
import type { ApprovalStore, StoredApproval } from '../../governance/approvals/store.ts';
import type { SqlDatabase } from './sql-database.ts';
import type { Tables } from './tables.ts';

export function createSqlApprovalStore({ queries }: SqlDatabase): ApprovalStore {
  const select = () => queries.selectFrom('approvals').selectAll();
  return {
    async add({ id, interaction, atMs, version, sealed }) {
      await queries
        .insertInto('approvals')
        .values({ id, interaction, at_ms: atMs, version, sealed })
        .execute();
    },
    async find(id) {
      const row = await select().where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },
    async about(interaction) {
      const rows = await select().where('interaction', '=', interaction).orderBy('id', 'desc').execute();
      return rows.map(fromRow);
    },
    async list({ before, limit }) {
      const all = select().orderBy('id', 'desc').limit(limit);
      return (await (before === undefined ? all : all.where('id', '<', before)).execute()).map(fromRow);
    },
    async change(id, version, sealed) {
      const { numUpdatedRows } = await queries
        .updateTable('approvals')
        .set({ version: version + 1, sealed })
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async purge(beforeMs) {
      const { numDeletedRows } = await queries
        .deleteFrom('approvals')
        .where('at_ms', '<', beforeMs)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function fromRow({ at_ms: atMs, ...row }: Selectable<Tables['approvals']>): StoredApproval {
  return { ...row, atMs };
}
