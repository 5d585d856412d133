/** Proof bundles: what shows to somebody who does not trust us that an entry is in the log. */
import { formatProof } from '../../tlog/proof.ts';
import { proveInclusion } from '../../tlog/prove.ts';
import { hashReaderOfTiles } from '../../tlog/tiles.ts';
import type { LogStore, StoredCheckpoint } from './store.ts';

/**
 * A C2SP tlog-proof of the leaf at `index` under the checkpoint, with the leaf itself as its `extra`, so that one file
 * holds all that is to be verified. Undefined where retention has removed the leaf: its hash alone can be proven then.
 * @throws TlogError `index_out_of_range`
 */
export async function proofBundle(
  store: LogStore,
  { size, note }: StoredCheckpoint,
  index: number,
): Promise<Uint8Array | undefined> {
  const proof = await proveInclusion(
    index,
    size,
    hashReaderOfTiles(size, (tiles) => store.tiles(tiles)),
  );
  const [leaf] = await store.leaves(index, index + 1);
  return leaf && formatProof({ index, proof, checkpoint: Buffer.from(note, 'utf8'), extra: leaf });
}
