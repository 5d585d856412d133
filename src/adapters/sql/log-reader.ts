/** Reading the tree in an SQL database. */
import type { Kysely } from 'kysely';
import type { LogStore, StoredCheckpoint } from '../../modules/audit/store.ts';
import type { LeafReader } from './leaf-reader.ts';
import type { Tables } from './tables.ts';

export type LogReader = Omit<LogStore, 'integrate' | 'publish'>;

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
    async checkpointAt(size) {
      const row = await queries
        .selectFrom('log_checkpoints')
        .selectAll()
        .where('size', '<=', size)
        .orderBy('size', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && checkpointOf(row);
    },
    async checkpointsAfter(size, limit) {
      const rows = await queries
        .selectFrom('log_checkpoints')
        .selectAll()
        .where('size', '>', size)
        .orderBy('size')
        .limit(limit)
        .execute();
      return rows.map(checkpointOf);
    },
    indexRows: (from, to) =>
      queries
        .selectFrom('audit')
        .select(['leaf_index as index', 'instance', 'sequence', 'kind', 'id', 'at_ms as at'])
        .where('leaf_index', '>=', from)
        .where('leaf_index', '<', to)
        .orderBy('leaf_index')
        .execute(),
  };
}

function checkpointOf({ size, at_ms: atMs, note }: Tables['log_checkpoints']): StoredCheckpoint {
  return { size, atMs, note };
}

/** One statement each, so that two that publish at once leave both, or the later one's cosignatures. */
export function createPublish(queries: Kysely<Tables>): LogStore['publish'] {
  return async ({ size, atMs, note }) => {
    const [latest, before] = await queries
      .selectFrom('log_checkpoints')
      .select(['size', 'at_ms'])
      .orderBy('size', 'desc')
      .limit(2)
      .execute();
    if (latest && latest.size > size)
      throw new Error(`a checkpoint of ${size} leaves would follow one of ${latest.size}`);
    await queries
      .insertInto('log_checkpoints')
      .values({ size, at_ms: atMs, note })
      .onConflict((conflict) => conflict.column('size').doUpdateSet({ at_ms: atMs, note }))
      .execute();
    const isSameMinute = latest && before && minuteOf(latest.at_ms) === minuteOf(before.at_ms);
    if (isSameMinute && latest.size < size)
      await queries.deleteFrom('log_checkpoints').where('size', '=', before.size).execute();
  };
}

function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE_MS);
}
