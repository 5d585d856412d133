/** The check of inclusion and consistency proofs (RFC 9162, sections 2.1.3.2 and 2.1.4.2), by computation alone. */
import { bytesEqual } from './encoding.ts';
import { demand } from './errors.ts';
import { EMPTY_ROOT, HASH_BYTES, nodeHash } from './hashes.ts';
import { checkSize } from './tree.ts';

/** A tree as a checkpoint states it. */
export interface TreeHead {
  readonly size: number;
  readonly root: Uint8Array;
}

/**
 * On which side each hash of a path stands, from a node up to the root: true is left.
 * The node and the last node of its level have these indices. A right sibling that does not exist is stepped over.
 */
function sidesOfPath(node: number, last: number): readonly boolean[] {
  const sides: boolean[] = [];
  let [index, end] = [node, last];
  while (end > 0) {
    const isLeft = index % 2 === 1 || index === end;
    sides.push(isLeft);
    while (isLeft && index % 2 === 0 && index !== 0) [index, end] = [index / 2, Math.floor(end / 2)];
    [index, end] = [Math.floor(index / 2), Math.floor(end / 2)];
  }
  return sides;
}

function checkProofShape(proof: readonly Uint8Array[], expected: number): void {
  demand(proof.length >= expected, 'proof_too_short');
  demand(proof.length <= expected, 'proof_too_long');
  for (const hash of proof) demand(hash.length === HASH_BYTES, 'hash_wrong_length');
}

function checkHash(hash: Uint8Array): void {
  demand(hash.length === HASH_BYTES, 'hash_wrong_length');
}

/**
 * Throws unless the leaf with this hash stands at the index of the tree: `root_mismatch`, or a code that says which
 * of the numbers or lengths cannot be.
 */
export function verifyInclusion(
  leaf: { readonly index: number; readonly hash: Uint8Array },
  tree: TreeHead,
  proof: readonly Uint8Array[],
): void {
  checkSize(tree.size);
  const { index } = leaf;
  demand(Number.isSafeInteger(index) && index >= 0 && index < tree.size, 'index_out_of_range');
  checkHash(leaf.hash);
  checkHash(tree.root);
  const sides = sidesOfPath(index, tree.size - 1);
  checkProofShape(proof, sides.length);
  let hash = leaf.hash;
  proof.forEach((sibling, i) => {
    hash = sides[i] ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  });
  demand(bytesEqual(hash, tree.root), 'root_mismatch');
}

/**
 * Throws unless the new tree is the old one, appended to: `inconsistent`, `split_view` for two roots of one size, or
 * a code that says which of the numbers or lengths cannot be. From the empty tree, the proof is empty.
 */
export function verifyConsistency(older: TreeHead, newer: TreeHead, proof: readonly Uint8Array[]): void {
  checkSize(older.size);
  checkSize(newer.size);
  demand(older.size <= newer.size, 'size_out_of_range');
  checkHash(older.root);
  checkHash(newer.root);
  if (older.size === newer.size) {
    checkProofShape(proof, 0);
    demand(bytesEqual(older.root, newer.root), 'split_view');
  } else if (older.size === 0) {
    checkProofShape(proof, 0);
    demand(bytesEqual(older.root, EMPTY_ROOT), 'empty_root_mismatch');
  } else {
    verifyGrowth(older, newer, proof);
  }
}

/** The last leaf of the old tree, lifted to the largest full subtree that it ends: where the two trees part. */
function verifyGrowth(older: TreeHead, newer: TreeHead, proof: readonly Uint8Array[]): void {
  let [node, last] = [older.size - 1, newer.size - 1];
  while (node % 2 === 1) [node, last] = [Math.floor(node / 2), Math.floor(last / 2)];
  const sides = sidesOfPath(node, last);
  // The old tree is that subtree, whole: the verifier has its hash already.
  const isWhole = node === 0;
  checkProofShape(proof, sides.length + (isWhole ? 0 : 1));
  const path = isWhole ? [older.root, ...proof] : proof;
  let oldRoot = path[0] ?? older.root;
  let newRoot = oldRoot;
  sides.forEach((isLeft, i) => {
    const sibling = path[i + 1];
    demand(sibling !== undefined, 'proof_too_short');
    if (isLeft) oldRoot = nodeHash(sibling, oldRoot);
    newRoot = isLeft ? nodeHash(sibling, newRoot) : nodeHash(newRoot, sibling);
  });
  demand(bytesEqual(oldRoot, older.root) && bytesEqual(newRoot, newer.root), 'inconsistent');
}
