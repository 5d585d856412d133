/** Hourly sums of usage in PostgreSQL. */
import type { SqlDatabase } from '../sql/sql-database.ts';
import type { Clock } from '../../base/clock.ts';
import type { UsageStore } from '../../modules/metering/store.ts';
import type { UsageHoursTable } from '../sql/tables.ts';
import {
  addUsageRows,
  BATCH_MEMORY_MS,
  createDisown,
  createUsageReader,
  createUsageRemoval,
  toUsageRow,
  USAGE_KEY_COLUMNS,
} from '../sql/usage-rows.ts';

export function createPostgresUsageStore(database: SqlDatabase, clock: Clock): UsageStore {
  const { queries } = database;
  return {
    async add(rows, batchId) {
      const nowMs = clock.now();
      await queries.transaction().execute(async (transaction) => {
        const remembered = await transaction
          .insertInto('usage_batches')
          .values({ batch_id: batchId, at_ms: nowMs })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if ((remembered.numInsertedOrUpdatedRows ?? 0n) === 0n) return;
        await transaction
          .deleteFrom('usage_batches')
          .where('at_ms', '<', nowMs - BATCH_MEMORY_MS)
          .execute();
        // All replicas in one order: two that add to the same sums do not wait for each other in a circle.
        const sorted = rows.map(toUsageRow).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
        await addUsageRows(transaction, sorted);
      });
    },
    disown: createDisown(database),
    remove: createUsageRemoval(database),
    read: createUsageReader(queries),
  };
}

function keyOf(row: UsageHoursTable): string {
  return JSON.stringify(USAGE_KEY_COLUMNS.map((column) => row[column]));
}
