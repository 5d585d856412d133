/** Merkle trees (RFC 6962, section 2.1): what a path from a leaf, or from an earlier tree, leads to. */
import { Fault, need, same, sha256, type Bytes } from './encodings.ts';

/** A tree, known by its size and root. */
export interface Head {
  readonly size: number;
  readonly root: Uint8Array;
}

type Path = readonly Uint8Array[];

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

export const leafHash = (leaf: Uint8Array): Promise<Bytes> => sha256(LEAF, leaf);
const nodeHash = (left: Uint8Array, right: Uint8Array): Promise<Bytes> => sha256(NODE, left, right);

/** Where a tree of that size parts: the largest power of two below it. */
function halfOf(size: number): number {
  let half = 1;
  while (half * 2 < size) half *= 2;
  return half;
}

function lastOf(path: Path): readonly [rest: Path, last: Uint8Array] {
  const last = path.at(-1);
  if (last === undefined)
    throw new Fault('proof_too_short', 'A proof has fewer hashes than its tree calls for.');
  return [path.slice(0, -1), last];
}

async function rootFrom(index: number, size: number, hash: Uint8Array, path: Path): Promise<Uint8Array> {
  if (size === 1) {
    need(path.length === 0, 'proof_too_long', 'A proof has more hashes than its tree calls for.');
    return hash;
  }
  const half = halfOf(size);
  const [rest, sibling] = lastOf(path);
  return index < half
    ? nodeHash(await rootFrom(index, half, hash, rest), sibling)
    : nodeHash(sibling, await rootFrom(index - half, size - half, hash, rest));
}

/** @throws Fault unless the leaf stands at that index of that tree */
export async function checkInclusion(index: number, hash: Uint8Array, head: Head, path: Path): Promise<void> {
  need(
    Number.isSafeInteger(index) && index >= 0 && index < head.size,
    'index_out_of_range',
    'The entry’s index is not below the size of the log.',
  );
  const root = await rootFrom(index, head.size, hash, path);
  need(
    same(root, head.root),
    'root_mismatch',
    'The proof does not lead from this entry to the root of the log.',
  );
}

/** `isWhole`: the old root itself is on the way, and is not given. */
async function rootsFrom(
  oldSize: number,
  newSize: number,
  path: Path,
  isWhole: boolean,
  oldRoot: Uint8Array,
): Promise<readonly [Uint8Array, Uint8Array]> {
  if (oldSize === newSize) {
    need(
      path.length <= (isWhole ? 0 : 1),
      'proof_too_long',
      'A proof has more hashes than its trees call for.',
    );
    if (isWhole) return [oldRoot, oldRoot];
    const [, given] = lastOf(path);
    return [given, given];
  }
  const half = halfOf(newSize);
  const [rest, sibling] = lastOf(path);
  if (oldSize <= half) {
    const [older, newer] = await rootsFrom(oldSize, half, rest, isWhole, oldRoot);
    return [older, await nodeHash(newer, sibling)];
  }
  const [older, newer] = await rootsFrom(oldSize - half, newSize - half, rest, false, oldRoot);
  return [await nodeHash(sibling, older), await nodeHash(sibling, newer)];
}

/** @throws Fault unless the newer tree is the older one, appended to */
export async function checkConsistency(older: Head, newer: Head, path: Path): Promise<void> {
  need(older.size <= newer.size, 'log_shrank', 'The log has become smaller: entries were taken away.');
  if (older.size === newer.size) {
    need(path.length === 0, 'proof_too_long', 'A proof has more hashes than its trees call for.');
    need(same(older.root, newer.root), 'split_view', 'Two logs of the same size have different roots.');
    return;
  }
  if (older.size === 0) {
    need(path.length === 0, 'proof_too_long', 'A proof has more hashes than its trees call for.');
    need(same(older.root, await sha256()), 'inconsistent', 'The empty log has another root.');
    return;
  }
  const [oldRoot, newRoot] = await rootsFrom(older.size, newer.size, path, true, older.root);
  const isFollowing = same(oldRoot, older.root) && same(newRoot, newer.root);
  need(isFollowing, 'inconsistent', 'The log is not the one from before, appended to: history was changed.');
}
