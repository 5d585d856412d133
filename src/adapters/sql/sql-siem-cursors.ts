/** How far each destination has come, in an SQL database: a row each, which is the lease to send as well. */
import type { Selectable } from 'kysely';
import type { Cursor, Cursors, Turn } from '../../governance/siem/cursors.ts';
import type { SqlDatabase, Writing } from './sql-database.ts';
import type { SiemCursorsTable } from './tables.ts';

export function createSqlSiemCursors(database: SqlDatabase): Cursors {
  const rowAt = (queries: Writing, destination: string) =>
    queries.selectFrom('siem_cursors').selectAll().where('destination', '=', destination).executeTakeFirst();

  return {
    async read(destination) {
      const row = await rowAt(database.queries, destination);
      return row && fromRow(row);
    },
    take: (destination, holder, { nowMs, untilMs }, start) =>
      database.write(async (transaction) => {
        await insertNew(transaction, destination, start);
        const { numUpdatedRows } = await transaction
          .updateTable('siem_cursors')
          .set({ holder, lease_until_ms: untilMs })
          .where('destination', '=', destination)
          .where((row) => row.or([row('holder', '=', holder), row('lease_until_ms', '<=', nowMs)]))
          .executeTakeFirst();
        const row = numUpdatedRows > 0n ? await rowAt(transaction, destination) : undefined;
        return row && { turn: { destination, holder, generation: row.generation }, cursor: fromRow(row) };
      }),
    save: (turn, cursor, untilMs) =>
      database.write((transaction) =>
        change(transaction, turn, { ...toRow(cursor), lease_until_ms: untilMs }),
      ),
    async release(turn) {
      await database.write((transaction) => change(transaction, turn, { lease_until_ms: 0 }));
    },
    rewind: (destination, position) =>
      database.write(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable('siem_cursors')
          .set((row) => ({ position, generation: row('generation', '+', 1) }))
          .where('destination', '=', destination)
          .executeTakeFirst();
        return numUpdatedRows > 0n;
      }),
  };
}

async function insertNew(transaction: Writing, destination: string, position: number): Promise<void> {
  await transaction
    .insertInto('siem_cursors')
    .values({
      destination,
      position,
      sent: 0,
      rejected: 0,
      rejected_positions: '[]',
      generation: 0,
      holder: '',
      lease_until_ms: 0,
    })
    .onConflict((conflict) => conflict.column('destination').doNothing())
    .execute();
}

async function change(
  transaction: Writing,
  { destination, holder, generation }: Turn,
  values: Partial<SiemCursorsTable>,
): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('siem_cursors')
    .set(values)
    .where('destination', '=', destination)
    .where('holder', '=', holder)
    .where('generation', '=', generation)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

function toRow({ position, sent, rejected, rejectedPositions, deliveredAtMs, failure }: Cursor) {
  return {
    position,
    sent,
    rejected,
    rejected_positions: JSON.stringify(rejectedPositions),
    delivered_at_ms: deliveredAtMs,
    failure: failure?.reason ?? null,
    failing_since_ms: failure?.sinceMs ?? null,
  };
}

function fromRow(row: Selectable<SiemCursorsTable>): Cursor {
  const { position, sent, rejected, failure, failing_since_ms: sinceMs } = row;
  return {
    position,
    sent,
    rejected,
    // Written by this house from an array of positions.
    rejectedPositions: JSON.parse(row.rejected_positions) as readonly number[],
    deliveredAtMs: row.delivered_at_ms,
    failure: failure === null || sinceMs === null ? null : { reason: failure, sinceMs },
  };
}
