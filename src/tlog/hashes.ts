/** The hashes of a Merkle tree (RFC 6962, section 2.1): leaves and nodes never share an input. */
import { sha256, sha256Into } from './crypto.ts';

export const HASH_BYTES = 32;

/** The root of the tree without leaves: the hash of nothing. */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array(0));

/** SHA-256(0x00 || entry). */
export function leafHash(entry: Uint8Array): Uint8Array {
  const input = new Uint8Array(1 + entry.length);
  input.set(entry, 1);
  return sha256(input);
}

// Written before each use and read within it: an input of its own for each node would cost half as much as its hash.
const nodeInput = new Uint8Array(1 + 2 * HASH_BYTES).fill(0x01, 0, 1);

/** SHA-256(0x01 || left || right), of two hashes of 32 bytes. */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  nodeInput.set(left, 1);
  nodeInput.set(right, 1 + HASH_BYTES);
  return sha256(nodeInput);
}

/** The hashes one level up: of each hash with its right neighbor. One without a neighbor is left out. */
export function parentHashes(hashes: Uint8Array): Uint8Array {
  const parents = Buffer.allocUnsafe(Math.floor(hashes.length / (2 * HASH_BYTES)) * HASH_BYTES);
  for (let at = 0; at < parents.length; at += HASH_BYTES) {
    nodeInput.set(hashes.subarray(2 * at, 2 * (at + HASH_BYTES)), 1);
    sha256Into(nodeInput, parents, at);
  }
  return new Uint8Array(parents.buffer, parents.byteOffset, parents.byteLength);
}
