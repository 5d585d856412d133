/** Reading the tree in an SQL database. */
import type { Kysely } from 'kysely';
import type { LogStore, StoredCheckpoint } from '../../modules/audit/store.ts';
import type { LeafReader } from './leaf-reader.ts';
import type { Tables } from './tables.ts';

export type LogReader = Omit<LogStore, 'integrate'>;

const MINUTE_MS = 60_000;

export function createLogReader(queries: Kysely<Tables>, leaves: LeafReader): LogReader {
  return {
    async sequenced() {
      const row = await queries.selectFrom('log_counter').select('sequenced').executeTakeFirstOrThrow();
      return row.sequenced;
    },
    integrated: () => queries.selectFrom('log_tree').select(['size', 'root']).executeTakeFirstOrThrow(),
    leaves: leaves.range,
    async tiles(names) {
      if (names.length === 0) return [];
      const rows = await queries
        .selectFrom('log_tiles')
        .selectAll()
        .where(({ eb, or }) =>
          or(names.map(({ level, index }) => eb('level', '=', level).and('tile_index', '=', index))),
        )
        .execute();
      const found = new Map(rows.map((row) => [`${row.level}/${row.tile_index}`, row.hashes]));
      return names.map(({ level, index }) => found.get(`${level}/${index}`));
    },
    publish: (checkpoint) => publish(queries, checkpoint),
    async checkpointAt(size) {
      const row = await queries
        .selectFrom('log_checkpoints')
        .selectAll()
        .where('size', '<=', size)
        .orderBy('size', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && { size: row.size, atMs: row.at_ms, note: row.note };
    },
  };
}

/** One statement each, so that two that publish at once leave both, or the later one's cosignatures. */
async function publish(queries: Kysely<Tables>, { size, atMs, note }: StoredCheckpoint): Promise<void> {
  const last = await queries
    .selectFrom('log_checkpoints')
    .select(['size', 'at_ms'])
    .orderBy('size', 'desc')
    .limit(2)
    .execute();
  const [latest, before] = last;
  if (latest && latest.size > size)
    throw new Error(`a checkpoint of ${size} leaves would follow one of ${latest.size}`);
  await queries
    .insertInto('log_checkpoints')
    .values({ size, at_ms: atMs, note })
    .onConflict((conflict) => conflict.column('size').doUpdateSet({ at_ms: atMs, note }))
    .execute();
  const minute = (ms: number) => Math.floor(ms / MINUTE_MS);
  if (latest && before && latest.size < size && minute(latest.at_ms) === minute(before.at_ms))
    await queries.deleteFrom('log_checkpoints').where('size', '=', before.size).execute();
}
