/** Holding, erasing and purging take turns, so that none of them decides on what another is about to change. */
import type { Writing } from './sql-database.ts';

/** Whoever has this row is alone until its transaction ends; what it reads afterwards, nobody changes before that. */
export async function takeTurn(transaction: Writing): Promise<void> {
  await transaction.updateTable('retention_runs').set({ one: 1 }).where('one', '=', 1).execute();
}

/** Whether a hold is in force that is not among the known ones. */
export async function hasOtherHold(transaction: Writing, known: readonly string[]): Promise<boolean> {
  const rows = await transaction.selectFrom('holds').select('id').execute();
  return rows.some(({ id }) => !known.includes(id));
}

/** Whether an erasure is begun and not done that is not among the known ones. */
export async function hasOtherErasure(transaction: Writing, known: readonly string[]): Promise<boolean> {
  const rows = await transaction
    .selectFrom('erasures')
    .select('id')
    .where('leaf_index', 'is', null)
    .execute();
  return rows.some(({ id }) => !known.includes(id));
}
