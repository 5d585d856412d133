/** Hashes of every run of so many letters, each from the one before. */
import type { Letters } from './letters.ts';

const BASE = 0x01000193;

/** For each letter the hash of the run that begins with it; shorter by `length - 1` than the letters. */
export function rollingHashes({ count, codes }: Letters, length: number): Uint32Array {
  const hashes = new Uint32Array(Math.max(0, count - length + 1));
  let highest = 1;
  for (let i = 1; i < length; i++) highest = Math.imul(highest, BASE);
  let hash = 0;
  for (let i = 0; i < count; i++) {
    if (i >= length) hash -= Math.imul(codes[i - length] ?? 0, highest);
    hash = (Math.imul(hash, BASE) + (codes[i] ?? 0)) | 0;
    if (i >= length - 1) hashes[i - length + 1] = mixed(hash);
  }
  return hashes;
}

/** So that every bit depends on every letter. */
function mixed(hash: number): number {
  let bits = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
