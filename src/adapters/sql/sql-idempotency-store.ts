/** Answers kept for idempotency keys, in an SQL database. */
import type { IdempotencyStore } from '../../governance/idempotency/store.ts';
import type { SqlDatabase } from './sql-database.ts';

export function createSqlIdempotencyStore({ queries, write }: SqlDatabase): IdempotencyStore {
  return {
    claim: ({ id, digest, atMs }, expiredMs) =>
      write(async (transaction) => {
        await transaction
          .deleteFrom('idempotent_answers')
          .where('id', '=', id)
          .where('at_ms', '<', expiredMs)
          .execute();
        const { numInsertedOrUpdatedRows } = await transaction
          .insertInto('idempotent_answers')
          .values({ id, digest, at_ms: atMs, sealed: null })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .executeTakeFirstOrThrow();
        if (numInsertedOrUpdatedRows === 1n) return { kind: 'new' };
        const known = await transaction
          .selectFrom('idempotent_answers')
          .select(['digest', 'sealed'])
          .where('id', '=', id)
          .executeTakeFirst();
        // It was let go of in this very moment: the next request will be the first.
        return { kind: 'known', digest: known?.digest ?? digest, sealed: known?.sealed ?? undefined };
      }),
    async answer(id, sealed) {
      await queries.updateTable('idempotent_answers').set({ sealed }).where('id', '=', id).execute();
    },
    async release(id) {
      await queries
        .deleteFrom('idempotent_answers')
        .where('id', '=', id)
        .where('sealed', 'is', null)
        .execute();
    },
    async purge(expiredMs) {
      const { numDeletedRows } = await queries
        .deleteFrom('idempotent_answers')
        .where('at_ms', '<', expiredMs)
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
