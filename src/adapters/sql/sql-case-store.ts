/** Sealed cases in a table of an SQL database: requests for approval, objections. */
import type { Selectable } from 'kysely';
import type { SealedCase, SealedCaseStore } from '../../domain/sealed-case.ts';
import type { SqlDatabase } from './sql-database.ts';
import type { Tables } from './tables.ts';

export function createSqlCaseStore(
  { queries }: SqlDatabase,
  table: 'approvals' | 'contests',
): SealedCaseStore {
  const select = () => queries.selectFrom(table).selectAll();
  return {
    async add({ id, interaction, atMs, version, sealed }) {
      await queries.insertInto(table).values({ id, interaction, at_ms: atMs, version, sealed }).execute();
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
        .updateTable(table)
        .set({ version: version + 1, sealed })
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
    async purge(beforeMs) {
      const { numDeletedRows } = await queries
        .deleteFrom(table)
        .where('at_ms', '<', beforeMs)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function fromRow({ at_ms: atMs, ...row }: Selectable<Tables['approvals']>): SealedCase {
  return { ...row, atMs };
}
