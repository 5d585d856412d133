/** The right edge of a growing tree as hashes alone: leaves are appended one by one, and each state's root can be asked. */
import { demand } from './errors.ts';
import { HASH_BYTES, nodeHash } from './hashes.ts';
import { checkSize, foldRange, nodesOfRange } from './tree.ts';

export interface Frontier {
  readonly size: number;
  append(leafHash: Uint8Array): void;
  root(): Uint8Array;
}

/**
 * From the hashes of the full subtrees of the first `size` leaves, as `nodesOfRange(0, size)` lists them:
 * `proof_too_short`, `proof_too_long`, `hash_wrong_length`. Whether they are the log's own is shown by `root`.
 */
export function createFrontier(size = 0, subtrees: readonly Uint8Array[] = []): Frontier {
  checkSize(size);
  const expected = nodesOfRange(0, size).length;
  demand(subtrees.length >= expected, 'proof_too_short');
  demand(subtrees.length <= expected, 'proof_too_long');
  for (const hash of subtrees) demand(hash.length === HASH_BYTES, 'hash_wrong_length');
  const edge = [...subtrees];
  let count = size;
  return {
    get size() {
      return count;
    },
    append(leafHash) {
      demand(leafHash.length === HASH_BYTES, 'hash_wrong_length');
      let hash = leafHash;
      // As in a binary counter: each one that becomes a zero is a full subtree that joins its right neighbor.
      for (let rest = count; rest % 2 === 1; rest = (rest - 1) / 2) hash = nodeHash(edge.pop() ?? hash, hash);
      edge.push(hash);
      count++;
    },
    root: () => foldRange(edge),
  };
}
