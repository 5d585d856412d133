import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFrontier } from './frontier.ts';
import { EMPTY_ROOT } from './hashes.ts';
import { EMPTY_EDGE, integrate, rootOfLeaves } from './integrate.ts';

test('gives the root of every prefix, wherever it starts', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(300), (before, added) => {
      const leaves = Array.from({ length: before + added }, () => randomBytes(32));
      const { subtrees } = integrate(EMPTY_EDGE, leaves.slice(0, before)).edge;
      const frontier = createFrontier(before, subtrees);
      for (const leaf of leaves.slice(before)) {
        frontier.append(leaf);
        expect(frontier.root()).toEqual(rootOfLeaves(leaves.slice(0, frontier.size)));
      }
      expect(frontier.size).toBe(leaves.length);
    }),
    { numRuns: 20 },
  );
  expect(createFrontier().root()).toEqual(EMPTY_ROOT);
});

test('refuses subtrees that cannot be those of the size', () => {
  const hash = randomBytes(32);
  expect(() => createFrontier(3, [hash])).toThrow(/proof_too_short/);
  expect(() => createFrontier(2, [hash, hash])).toThrow(/proof_too_long/);
  expect(() => createFrontier(1, [hash.subarray(1)])).toThrow(/hash_wrong_length/);
  expect(() => createFrontier(0).append(hash.subarray(1))).toThrow(/hash_wrong_length/);
});
