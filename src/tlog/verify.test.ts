import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMPTY_ROOT, leafHash } from './hashes.ts';
import { rootOfLeaves } from './integrate.ts';
import { planConsistency, planInclusion, proveConsistency, proveInclusion } from './prove.ts';
import { codeOf } from './testdata/failures.ts';
import { hex, leaves, TileMap, unhex, withBitFlipped } from './testdata/trees.ts';
import { hashReaderOfTiles } from './tiles.ts';
import { readRoot } from './tree.ts';
import { verifyConsistency, verifyInclusion } from './verify.ts';

const LEAVES = leaves(300);
const LOG = new TileMap();
LOG.append(LEAVES);
const ROOTS = Array.from({ length: 301 }, (_, size) => rootOfLeaves(LEAVES.slice(0, size)));
const root = (size: number) => ROOTS[size] ?? EMPTY_ROOT;
const leaf = (index: number) => ({ index, hash: LEAVES[index] ?? new Uint8Array(32) });
const head = (size: number) => ({ size, root: root(size) });
const reader = (size: number) => hashReaderOfTiles(size, LOG.read);
const ZERO = new Uint8Array(32);

describe('inclusion', () => {
  test('is proven for every leaf of every size up to 130, and of 300, by the fewest hashes', async () => {
    for (const size of [...Array.from({ length: 130 }, (_, i) => i + 1), 300]) {
      for (let index = 0; index < size; index++) {
        const proof = await proveInclusion(index, size, reader(size));
        expect(codeOf(() => verifyInclusion(leaf(index), head(size), proof))).toBe('accepted');
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
      }
    }
  });

  test('is refused for any changed bit, another index, another size, and a proof cut or padded', async () => {
    const place = fc
      .integer({ min: 1, max: 300 })
      .chain((size) => fc.tuple(fc.constant(size), fc.nat(size - 1)));
    await fc.assert(
      fc.asyncProperty(place, fc.nat(), async ([size, index], position) => {
        const proof = await proveInclusion(index, size, reader(size));
        const at = leaf(index);
        const flipped = withBitFlipped(at.hash, position % 32);
        expect(codeOf(() => verifyInclusion({ index, hash: flipped }, head(size), proof))).toBe(
          'root_mismatch',
        );
        const otherRoot = withBitFlipped(root(size), position % 32);
        expect(codeOf(() => verifyInclusion(at, { size, root: otherRoot }, proof))).toBe('root_mismatch');
        const changed = proof.map((hash, i) =>
          i === position % proof.length ? withBitFlipped(hash, position % 32) : hash,
        );
        if (proof.length > 0) {
          expect(codeOf(() => verifyInclusion(at, head(size), changed))).toBe('root_mismatch');
          expect(codeOf(() => verifyInclusion(at, head(size), proof.slice(1)))).toBe('proof_too_short');
        }
        expect(codeOf(() => verifyInclusion(at, head(size), [...proof, ZERO]))).toBe('proof_too_long');
        for (const other of [0, index - 1, index + 1, size - 1].filter(
          (i) => i !== index && i >= 0 && i < size,
        )) {
          expect(codeOf(() => verifyInclusion({ ...at, index: other }, head(size), proof))).not.toBe(
            'accepted',
          );
        }
      }),
    );
  });

  test.each([
    ['index_out_of_range', 5, 5],
    ['index_out_of_range', -1, 5],
    ['index_out_of_range', 0.5, 5],
    ['index_out_of_range', 0, 0],
    ['size_out_of_range', 0, 2 ** 53],
    ['size_out_of_range', 0, -1],
    ['size_out_of_range', 0, Number.NaN],
  ])('%s: index %d of size %d', (code, index, size) => {
    expect(codeOf(() => verifyInclusion({ index, hash: ZERO }, { size, root: ZERO }, []))).toBe(code);
    expect(codeOf(() => planInclusion(index, size))).toBe(code);
  });

  test('is computed right up to the largest size there is', () => {
    const size = Number.MAX_SAFE_INTEGER;
    for (const index of [0, size - 1, 2 ** 52, 2 ** 52 - 1, 2 ** 33 + 5]) {
      const length = planInclusion(index, size).length;
      const proof = Array.from({ length }, () => ZERO);
      expect(codeOf(() => verifyInclusion({ index, hash: ZERO }, { size, root: ZERO }, proof))).toBe(
        'root_mismatch',
      );
    }
  });

  test('hashes of another length are refused before anything is computed', () => {
    const short = new Uint8Array(31);
    expect(codeOf(() => verifyInclusion({ index: 0, hash: short }, head(1), []))).toBe('hash_wrong_length');
    expect(codeOf(() => verifyInclusion(leaf(0), { size: 1, root: short }, []))).toBe('hash_wrong_length');
    expect(codeOf(() => verifyInclusion(leaf(0), head(2), [short]))).toBe('hash_wrong_length');
    expect(codeOf(() => verifyConsistency(head(1), head(2), [short]))).toBe('hash_wrong_length');
  });
});

describe('consistency', () => {
  test('is proven between all sizes up to 100, and to 300', async () => {
    for (const newer of [...Array.from({ length: 101 }, (_, i) => i), 300]) {
      for (let older = 0; older <= newer; older++) {
        const proof = await proveConsistency(older, newer, reader(newer));
        expect(codeOf(() => verifyConsistency(head(older), head(newer), proof))).toBe('accepted');
      }
    }
  });

  test('is refused for any changed bit, another size, and a proof cut or padded', async () => {
    const sizes = fc.tuple(fc.integer({ min: 1, max: 299 }), fc.integer({ min: 1, max: 300 }));
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), async ([one, other], position) => {
        const [older, newer] = one < other ? [one, other] : [other, one + 1];
        fc.pre(newer <= 300 && older < newer);
        const proof = await proveConsistency(older, newer, reader(newer));
        const flip = (size: number) => ({ size, root: withBitFlipped(root(size), position % 32) });
        expect(codeOf(() => verifyConsistency(flip(older), head(newer), proof))).toBe('inconsistent');
        expect(codeOf(() => verifyConsistency(head(older), flip(newer), proof))).toBe('inconsistent');
        const changed = proof.map((hash, i) =>
          i === position % proof.length ? withBitFlipped(hash, position % 32) : hash,
        );
        expect(codeOf(() => verifyConsistency(head(older), head(newer), changed))).toBe('inconsistent');
        expect(codeOf(() => verifyConsistency(head(older), head(newer), proof.slice(1)))).toBe(
          'proof_too_short',
        );
        expect(codeOf(() => verifyConsistency(head(older), head(newer), [...proof, ZERO]))).toBe(
          'proof_too_long',
        );
        const wrongSize = { size: older + 1, root: root(older) };
        expect(codeOf(() => verifyConsistency(wrongSize, head(newer), proof))).not.toBe('accepted');
      }),
    );
  });

  test('of one size needs one root, and from the empty tree the empty root, both with an empty proof', () => {
    expect(codeOf(() => verifyConsistency(head(7), head(7), []))).toBe('accepted');
    expect(codeOf(() => verifyConsistency(head(7), head(7), [ZERO]))).toBe('proof_too_long');
    expect(codeOf(() => verifyConsistency(head(7), { size: 7, root: ZERO }, []))).toBe('split_view');
    expect(codeOf(() => verifyConsistency({ size: 0, root: ZERO }, head(7), []))).toBe('empty_root_mismatch');
    expect(codeOf(() => verifyConsistency(head(0), head(7), [ZERO]))).toBe('proof_too_long');
    expect(codeOf(() => verifyConsistency(head(8), head(7), []))).toBe('size_out_of_range');
    expect(codeOf(() => planConsistency(8, 7))).toBe('size_out_of_range');
  });
});

describe('the eight standard entries', () => {
  const entries = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const log = new TileMap();
  log.append(entries.map((entry) => leafHash(unhex(entry))));

  test('have the inclusion proof of the first that every implementation computes', async () => {
    expect((await proveInclusion(0, 8, hashReaderOfTiles(8, log.read))).map(hex)).toEqual([
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ]);
  });

  test('have the consistency proof from 6 to 8 that every implementation computes', async () => {
    expect((await proveConsistency(6, 8, hashReaderOfTiles(8, log.read))).map(hex)).toEqual([
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ]);
  });
});

test('the root of any size is read from the tiles of a larger log', async () => {
  for (let size = 0; size <= 300; size++)
    expect(hex(await readRoot(size, reader(size)))).toBe(hex(root(size)));
});

test('a changed byte of any tile that is read gives the same proof or one that is refused', async () => {
  const change = fc.record({
    index: fc.nat(299),
    older: fc.integer({ min: 1, max: 299 }),
    at: fc.nat(8_191),
  });
  await fc.assert(
    fc.asyncProperty(change, async ({ index, older, at }) => {
      const spoilt = hashReaderOfTiles(300, async (wanted) => {
        const read = await LOG.read(wanted);
        return read.map((bytes) => bytes && withBitFlipped(bytes, at % bytes.length));
      });
      const inclusion = await proveInclusion(index, 300, spoilt);
      const isSame =
        inclusion.map(hex).join() === (await proveInclusion(index, 300, reader(300))).map(hex).join();
      const code = codeOf(() => verifyInclusion(leaf(index), head(300), inclusion));
      expect(code).toBe(isSame ? 'accepted' : 'root_mismatch');
      const growth = await proveConsistency(older, 300, spoilt);
      const isSound =
        growth.map(hex).join() === (await proveConsistency(older, 300, reader(300))).map(hex).join();
      const verdict = codeOf(() => verifyConsistency(head(older), head(300), growth));
      expect(verdict).toBe(isSound ? 'accepted' : 'inconsistent');
    }),
  );
});
