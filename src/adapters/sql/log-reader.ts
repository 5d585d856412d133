/** Reading the tree in an SQL database. */
import type { Kysely } from 'kysely';
import type { LogStore, StoredCheckpoint, StoredLogKey } from '../../modules/audit/store.ts';
import { mergeCheckpoints } from '../../tlog/checkpoint.ts';
import type { LeafReader } from './leaf-reader.ts';
import type { Tables } from './tables.ts';

export type LogReader = Omit<LogStore, 'integrate' | 'publish' | 'addKey'>;

const MINUTE_MS = 60_000;
/** A witness may take so long, and its cosignature is still to find its checkpoint. */
const SETTLED_MS = 15_000;
/** More than settle between two publications, one of which comes each second at most. */
const MAX_THINNED = 32;

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
    async indexRows(from, to) {
      const rows = await queries
        .selectFrom('audit')
        .leftJoin('audit_identities', 'audit_identities.id', 'audit.identity')
        .leftJoin('audit_content', 'audit_content.leaf_index', 'audit.leaf_index')
        .select([
          'audit.leaf_index as index',
          'audit.instance',
          'audit.sequence',
          'audit.kind',
          'audit.id',
          'audit.at_ms as at',
          'audit.erased_by',
          'audit_identities.id as identity',
          'audit_content.leaf_index as content',
        ])
        .where('audit.leaf_index', '>=', from)
        .where('audit.leaf_index', '<', to)
        .orderBy('audit.leaf_index')
        .execute();
      return rows.map(({ erased_by: erasedBy, identity, content, ...row }) => ({
        ...row,
        hasIdentity: identity !== null,
        hasContent: content !== null,
        ...(erasedBy === null ? {} : { erasedBy }),
      }));
    },
    async keys() {
      const rows = await queries.selectFrom('log_keys').selectAll().orderBy('generation').execute();
      return rows.map((row) => ({
        generation: row.generation,
        entry: row.entry,
        overlapUntilMs: row.overlap_until_ms,
        handover: { size: row.size, atMs: row.at_ms, note: row.note },
      }));
    },
  };
}

function checkpointOf({ size, at_ms: atMs, note }: Tables['log_checkpoints']): StoredCheckpoint {
  return { size, atMs, note };
}

const MAX_TRIES = 20;

/** Who was overtaken by another replica has nothing left to do. It gives up where others change the same size without end. */
export function createPublish(queries: Kysely<Tables>): LogStore['publish'] {
  return (checkpoint) => publish(queries, checkpoint);
}

async function publish(queries: Kysely<Tables>, checkpoint: StoredCheckpoint): Promise<void> {
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const held = await queries
      .selectFrom('log_checkpoints')
      .select('note')
      .where('size', '=', checkpoint.size)
      .executeTakeFirst();
    if (held ? await merge(queries, checkpoint, held.note) : await add(queries, checkpoint)) return;
  }
  throw new Error(`a checkpoint of ${checkpoint.size} leaves is published by too many at once`);
}

/** False where somebody changed it meanwhile. Two replicas bring the same signature: then there is nothing to change. */
async function merge(
  queries: Kysely<Tables>,
  { size, note }: StoredCheckpoint,
  held: string,
): Promise<boolean> {
  const merged = Buffer.from(mergeCheckpoints(Buffer.from(held, 'utf8'), Buffer.from(note, 'utf8'))).toString(
    'utf8',
  );
  if (merged === held) return true;
  const { numUpdatedRows } = await queries
    .updateTable('log_checkpoints')
    .set({ note: merged })
    .where('size', '=', size)
    .where('note', '=', held)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** False where somebody added it meanwhile. */
async function add(queries: Kysely<Tables>, { size, atMs, note }: StoredCheckpoint): Promise<boolean> {
  const latest = await queries
    .selectFrom('log_checkpoints')
    .select('size')
    .orderBy('size', 'desc')
    .limit(1)
    .executeTakeFirst();
  // A larger one stands for it.
  if (latest && latest.size > size) return true;
  const { numInsertedOrUpdatedRows } = await queries
    .insertInto('log_checkpoints')
    .values({ size, at_ms: atMs, note })
    .onConflict((conflict) => conflict.column('size').doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) return false;
  await thin(queries, atMs - SETTLED_MS);
  return true;
}

/** Drops what a later one of the same minute stands for as well: with as many signatures, none of them still to come. */
async function thin(queries: Kysely<Tables>, settledAtMs: number): Promise<void> {
  const settled = await queries
    .selectFrom('log_checkpoints')
    .selectAll()
    .where('at_ms', '<=', settledAtMs)
    .orderBy('size', 'desc')
    .limit(MAX_THINNED)
    .execute();
  const minuteOf = ({ at_ms }: { at_ms: number }) => Math.floor(at_ms / MINUTE_MS);
  const signaturesOf = ({ note }: { note: string }) => note.split('\n— ').length;
  const dropped = settled.filter((row, i) => {
    const later = settled[i - 1];
    return later && minuteOf(later) === minuteOf(row) && signaturesOf(later) >= signaturesOf(row);
  });
  if (dropped.length === 0) return;
  const sizes = dropped.map(({ size }) => size);
  await queries.deleteFrom('log_checkpoints').where('size', 'in', sizes).execute();
}

/** @throws Error where the generation is there: it is the primary key */
export async function addLogKey(
  queries: Kysely<Tables>,
  { generation, entry, overlapUntilMs, handover }: StoredLogKey,
): Promise<void> {
  await queries
    .insertInto('log_keys')
    .values({
      generation,
      entry,
      overlap_until_ms: overlapUntilMs,
      size: handover.size,
      at_ms: handover.atMs,
      note: handover.note,
    })
    .execute();
}
