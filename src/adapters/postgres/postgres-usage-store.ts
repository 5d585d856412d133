/** Hourly sums of usage in PostgreSQL. */
import { type Kysely, sql } from 'kysely';
import type { Clock } from '../../base/clock.ts';
import type { UsageStore } from '../../modules/metering/store.ts';
import type { Tables, UsageHoursTable } from '../sql/tables.ts';
import {
  BATCH_MEMORY_MS,
  createUsageReader,
  toUsageRow,
  USAGE_AMOUNT_COLUMNS,
  USAGE_KEY_COLUMNS,
} from '../sql/usage-rows.ts';

/** A statement has room for 65,535 parameters. */
const ROWS_PER_STATEMENT = 1_000;

const sums = sql.join(
  USAGE_AMOUNT_COLUMNS.map(
    (column) => sql`${sql.ref(column)} = usage_hours.${sql.ref(column)} + excluded.${sql.ref(column)}`,
  ),
);
const columns = sql.join([...USAGE_KEY_COLUMNS, ...USAGE_AMOUNT_COLUMNS].map((column) => sql.ref(column)));

export function createPostgresUsageStore(queries: Kysely<Tables>, clock: Clock): UsageStore {
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
        for (let start = 0; start < sorted.length; start += ROWS_PER_STATEMENT) {
          await addRows(transaction, sorted.slice(start, start + ROWS_PER_STATEMENT));
        }
      });
    },
    read: createUsageReader(queries),
  };
}

async function addRows(transaction: Kysely<Tables>, rows: readonly UsageHoursTable[]): Promise<void> {
  const values = rows.map(
    (row) => sql`(${sql.join([...USAGE_KEY_COLUMNS, ...USAGE_AMOUNT_COLUMNS].map((column) => row[column]))})`,
  );
  await sql`insert into usage_hours (${columns}) values ${sql.join(values)}
    on conflict (${sql.join(USAGE_KEY_COLUMNS.map((column) => sql.ref(column)))}) do update set ${sums}`.execute(
    transaction,
  );
}

function keyOf(row: UsageHoursTable): string {
  return JSON.stringify(USAGE_KEY_COLUMNS.map((column) => row[column]));
}
