/** Proof bundles: what shows to somebody who does not trust us that an entry is in the log. */
import { createBoundedCache } from '../../base/bounded-cache.ts';
import { formatProof } from '../../tlog/proof.ts';
import { proveInclusion } from '../../tlog/prove.ts';
import { hashReaderOfTiles, type TileMemory } from '../../tlog/tiles.ts';
import type { LogStore, StoredCheckpoint } from './store.ts';

/**
 * A C2SP tlog-proof of the leaf at `index` under the checkpoint, with the leaf itself as its `extra`, so that one file
 * holds all that is to be verified. Undefined where retention has removed the leaf: its hash alone can be proven then.
 * @throws TlogError `index_out_of_range`
 */
export type Prove = (checkpoint: StoredCheckpoint, index: number) => Promise<Uint8Array | undefined>;

/** 16 KB each. All that stand above the leaves of a log of ten million. */
const MAX_REMEMBERED_TILES = 160;

/** What stands above the leaves is needed by one proof after the other: it is read and hashed once. */
export function createProve(store: LogStore): Prove {
  const memory: TileMemory = createBoundedCache(MAX_REMEMBERED_TILES);
  return async ({ size, note }, index) => {
    const read = hashReaderOfTiles(size, (tiles) => store.tiles(tiles), memory);
    const [proof, [leaf]] = await Promise.all([
      proveInclusion(index, size, read),
      store.leaves(index, index + 1),
    ]);
    return leaf && formatProof({ index, proof, checkpoint: Buffer.from(note, 'utf8'), extra: leaf });
  };
}
