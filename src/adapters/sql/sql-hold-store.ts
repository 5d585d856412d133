/** Legal holds in an SQL database. */
import type { HoldStore } from '../../governance/retention/store.ts';
import type { SqlDatabase } from './sql-database.ts';
import { hasOtherErasure, takeTurn } from './turns.ts';

export function createSqlHoldStore({ queries, write }: SqlDatabase): HoldStore {
  return {
    add: ({ id, createdAtMs, application, fromMs, toMs, sealed }, erasures) =>
      write(async (transaction) => {
        await takeTurn(transaction);
        if (await hasOtherErasure(transaction, erasures)) return false;
        await transaction
          .insertInto('holds')
          .values({
            id,
            created_at_ms: createdAtMs,
            application: application ?? null,
            from_ms: fromMs ?? null,
            to_ms: toMs ?? null,
            sealed,
          })
          .execute();
        return true;
      }),
    async list() {
      const rows = await queries
        .selectFrom('holds')
        .selectAll()
        .orderBy('created_at_ms')
        .orderBy('id')
        .execute();
      return rows.map(({ id, created_at_ms: createdAtMs, application, from_ms, to_ms, sealed }) => ({
        id,
        createdAtMs,
        sealed,
        ...(application === null ? {} : { application }),
        ...(from_ms === null ? {} : { fromMs: from_ms }),
        ...(to_ms === null ? {} : { toMs: to_ms }),
      }));
    },
    async remove(id) {
      const { numDeletedRows } = await queries.deleteFrom('holds').where('id', '=', id).executeTakeFirst();
      return numDeletedRows > 0n;
    },
  };
}
