/** Leaves by their index, wherever they lie: in rows of their own, or in bundles of 256. */
import { zstdDecompressSync } from 'node:zlib';
import type { Kysely } from 'kysely';
import { createBoundedCache } from '../../base/bounded-cache.ts';
import { openBundle, type OpenedBundle } from '../../tlog/bundles.ts';
import { TlogError } from '../../tlog/errors.ts';
import { TILE_WIDTH } from '../../tlog/tiles.ts';
import type { Tables } from './tables.ts';

export interface LeafReader {
  /** Those that are there. */
  read(indexes: readonly number[]): Promise<ReadonlyMap<number, string>>;
  /** Bytes of all leaves `from` ≤ index < `to`. */
  range(from: number, to: number): Promise<readonly (Uint8Array | undefined)[]>;
}

/** Bundles whose leaves are kept at hand: a page of entries mostly comes from few. */
const MAX_OPEN_BUNDLES = 8;
const MAX_BUNDLE_BYTES = 32 * 1024 * 1024;
/** Most bundles are smaller, and come out in one piece: putting pieces together costs a third of the whole. */
const PIECE_BYTES = 512 * 1024;

/** At once: it takes less than the way to another thread and back. @throws TlogError for bytes that were changed, or are too many */
function decompressed(bytes: Uint8Array): Buffer {
  try {
    return zstdDecompressSync(bytes, { maxOutputLength: MAX_BUNDLE_BYTES, chunkSize: PIECE_BYTES });
  } catch {
    throw new TlogError('malformed_bundle');
  }
}

export function createLeafReader(queries: Kysely<Tables>): LeafReader {
  const opened = createBoundedCache<OpenedBundle>(MAX_OPEN_BUNDLES);
  /** Leaves are bundled in their order: below this, none has a row of its own any more. */
  let bundledTo = 0;

  async function bundle(index: number): Promise<OpenedBundle | undefined> {
    const known = opened.get(String(index));
    if (known) return known;
    const row = await queries
      .selectFrom('log_bundles')
      .select('entries')
      .where('bundle_index', '=', index)
      .executeTakeFirst();
    if (!row) return undefined;
    const bundle = openBundle(decompressed(row.entries), TILE_WIDTH);
    opened.set(String(index), bundle);
    bundledTo = Math.max(bundledTo, (index + 1) * TILE_WIDTH);
    return bundle;
  }

  /** What retention took meanwhile, here or in another process, is not at hand any more. */
  async function forgetRemoved(indexes: ReadonlySet<number>): Promise<void> {
    const known = [...indexes].filter((index) => opened.get(String(index)));
    if (known.length === 0) return;
    const rows = await queries
      .selectFrom('log_bundles')
      .select('bundle_index')
      .where('bundle_index', 'in', known)
      .execute();
    const stored = new Set(rows.map((row) => row.bundle_index));
    for (const index of known) if (!stored.has(index)) opened.delete(String(index));
  }

  async function rowsOf(from: number, to: number): Promise<ReadonlyMap<number, string>> {
    if (to < bundledTo) return new Map();
    const rows = await queries
      .selectFrom('log_leaves')
      .select(['leaf_index', 'leaf'])
      .where('leaf_index', '>=', from)
      .where('leaf_index', '<=', to)
      .execute();
    return new Map(rows.map(({ leaf_index, leaf }) => [leaf_index, leaf]));
  }

  async function bytesOf(indexes: readonly number[]): Promise<Map<number, Uint8Array>> {
    const found = new Map<number, Uint8Array>();
    // Rows first: a leaf that is bundled meanwhile is found in its bundle.
    const inRows = await rowsOf(Math.min(...indexes), Math.max(...indexes));
    await forgetRemoved(new Set(indexes.map((index) => Math.floor(index / TILE_WIDTH))));
    for (const index of indexes) {
      const row = inRows.get(index);
      const bytes =
        row === undefined
          ? (await bundle(Math.floor(index / TILE_WIDTH)))?.entry(index % TILE_WIDTH)
          : Buffer.from(row, 'utf8');
      if (bytes) found.set(index, bytes);
    }
    return found;
  }

  return {
    async read(indexes) {
      if (indexes.length === 0) return new Map();
      const bytes = await bytesOf(indexes);
      return new Map([...bytes].map(([index, leaf]) => [index, Buffer.from(leaf).toString('utf8')]));
    },
    async range(from, to) {
      if (to <= from) return [];
      const indexes = Array.from({ length: to - from }, (_, offset) => from + offset);
      const bytes = await bytesOf(indexes);
      return indexes.map((index) => bytes.get(index));
    },
  };
}
