/** Hashes of words and features, 32 bits: FNV-1a steps, spread at the end. */

export const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

export function step(hash: number, value: number): number {
  return Math.imul(hash ^ value, PRIME);
}

/** Spreads what differs in the last value over all bits. */
export function spread(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
  return (h ^ (h >>> 15)) >>> 0;
}

/** The order of the two counts. */
export function joined(a: number, b: number): number {
  return spread(Math.imul(a, 0x9e3779b1) ^ b);
}
