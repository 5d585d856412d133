/** The shape of a Merkle tree of any size (RFC 6962, section 2.1): which full subtrees make up a root or a range. */
import { demand } from './errors.ts';
import { EMPTY_ROOT, nodeHash } from './hashes.ts';

/**
 * A full subtree: the hash over the leaves from `index * 2^level` up to, not including, `(index + 1) * 2^level`.
 * Level 0 are the leaf hashes.
 */
export interface TreeNode {
  readonly level: number;
  readonly index: number;
}

/** Full subtrees, left to right, from the largest to the smallest, whose hashes fold to that of their range. */
export type NodeRange = readonly TreeNode[];

/** Gives the hashes of full subtrees of one tree, in the order asked. One call is one round of reading. */
export type HashReader = (nodes: readonly TreeNode[]) => Promise<readonly Uint8Array[]>;

/** Throws `size_out_of_range` unless the number can be the size of a tree: an integer from 0 to 2^53-1. */
export function checkSize(size: number): void {
  demand(Number.isSafeInteger(size) && size >= 0, 'size_out_of_range');
}

/** The largest power of two that is smaller than the size, where RFC 6962 splits a tree; the size is 2 or more. */
export function splitPoint(size: number): number {
  let power = 1;
  while (power * 2 < size) power *= 2;
  return power;
}

/** The full subtrees of the leaves from `start` to `end`, where RFC 6962 has such a range: `start` is aligned. */
export function nodesOfRange(start: number, end: number): NodeRange {
  const nodes: TreeNode[] = [];
  let position = start;
  while (position < end) {
    let width = 1;
    let level = 0;
    while (position + width * 2 <= end) {
      width *= 2;
      level++;
    }
    nodes.push({ level, index: position / width });
    position += width;
  }
  return nodes;
}

/** The hash of a range, from the hashes of its full subtrees. */
export function foldRange(hashes: readonly Uint8Array[]): Uint8Array {
  return hashes.length === 0 ? EMPTY_ROOT : hashes.reduceRight((right, left) => nodeHash(left, right));
}

/** The root of the tree of that size. */
export async function readRoot(size: number, read: HashReader): Promise<Uint8Array> {
  checkSize(size);
  return foldRange(await read(nodesOfRange(0, size)));
}
