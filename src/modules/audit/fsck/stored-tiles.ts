/** The tiles that a log has stored, to be compared with those that follow from its leaves. */
import { bytesEqual } from '../../../tlog/encoding.ts';
import { HASH_BYTES } from '../../../tlog/hashes.ts';
import { openEdge, type Edge } from '../../../tlog/integrate.ts';
import { partialTiles, TILE_WIDTH, type Tile } from '../../../tlog/tiles.ts';
import type { Tally } from '../kit/tally.ts';
import type { LogStore } from '../store.ts';

const NO_BYTES = new Uint8Array(0);

/** The right edge when the tree had that many leaves; `size` is a whole number of bundles. @throws TlogError `edge_mismatch` */
export async function edgeAt(store: LogStore, size: number): Promise<Edge> {
  const partial = partialTiles(size);
  const stored = await store.tiles(partial);
  return openEdge(
    size,
    partial.map((tile, i) => ({
      ...tile,
      bytes: (stored[i] ?? NO_BYTES).subarray(0, tile.width * HASH_BYTES),
    })),
  );
}

/** The hashes of leaves as the tiles of level 0 have them; `start` begins a tile. */
export async function storedHashes(
  store: LogStore,
  start: number,
  end: number,
): Promise<readonly (Uint8Array | undefined)[]> {
  const first = start / TILE_WIDTH;
  const count = Math.ceil((end - start) / TILE_WIDTH);
  const tiles = await store.tiles(Array.from({ length: count }, (_, i) => ({ level: 0, index: first + i })));
  return Array.from({ length: end - start }, (_, i) => {
    const at = (i % TILE_WIDTH) * HASH_BYTES;
    const hash = tiles[Math.floor(i / TILE_WIDTH)]?.subarray(at, at + HASH_BYTES);
    return hash?.length === HASH_BYTES ? hash : undefined;
  });
}

export async function checkTiles(
  store: LogStore,
  tiles: readonly Tile[],
  tally: Tally<'tiles'>,
): Promise<void> {
  const stored = await store.tiles(tiles);
  tiles.forEach(({ level, index, bytes }, i) => {
    const there = stored[i];
    const at = `tile ${level}/${index}`;
    if (!there) tally.fail('tiles', 'tile_missing', { at });
    else if (!bytesEqual(there, bytes)) tally.fail('tiles', 'tile_mismatch', { at });
  });
}
