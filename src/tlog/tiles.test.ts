import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatBundle, parseBundle } from './bundles.ts';
import { integrate, EMPTY_EDGE } from './integrate.ts';
import { planInclusion, proveInclusion } from './prove.ts';
import { codeOf } from './testdata/failures.ts';
import { hex, leaves } from './testdata/trees.ts';
import {
  hashFromTile,
  hashOfFullTile,
  hashReaderOfTiles,
  tileOfNode,
  type TileReader,
  tilesOfNodes,
} from './tiles.ts';
import { bundlePath, parseTilePath, tilePath } from './tile-paths.ts';

const INDEX = fc.oneof(fc.nat(1_000), fc.maxSafeNat());
const WIDTH = fc.integer({ min: 1, max: 256 });

test('paths of tiles and bundles are what they are parsed from', () => {
  fc.assert(
    fc.property(fc.nat(63), INDEX, WIDTH, (level, index, width) => {
      const tile = { level, index, width };
      expect(parseTilePath(tilePath(tile))).toEqual({ kind: 'tile', ...tile });
      expect(parseTilePath(bundlePath(tile))).toEqual({ kind: 'entries', index, width });
    }),
  );
});

test.each([
  [{ level: 0, index: 1_234_067, width: 256 }, 'tile/0/x001/x234/067'],
  [{ level: 1, index: 0, width: 17 }, 'tile/1/000.p/17'],
  [{ level: 63, index: 999, width: 255 }, 'tile/63/999.p/255'],
  [{ level: 0, index: 1_000, width: 256 }, 'tile/0/x001/000'],
])('%j is at %s', (tile, path) => {
  expect(tilePath(tile)).toBe(path);
});

test.each([
  '',
  'tile/0',
  'tile/0/1',
  'tile/0/0001',
  'tile/0/x000/001',
  'tile/00/001',
  'tile/64/001',
  'tile/-1/001',
  'tile/0/001.p/0',
  'tile/0/001.p/256',
  'tile/0/001.p/01',
  'tile/0/001.p/',
  'tile/0/001.p',
  'tile/0/001/002',
  'tile/0/x001',
  'tile/0/X001/002',
  '/tile/0/001',
  'tile/0/001/',
  'tile/0/001\n',
  'tile/entries/1',
  'tile/data/001',
  'tile/8/0/001',
  'tile/0/x999/x999/x999/x999/x999/x999/999',
  'tile/0/../001',
  'tile/0/٠٠١',
  'tile/1e1/001',
])('%j is no path of a tile', (path) => {
  expect(codeOf(() => parseTilePath(path))).toBe('malformed_tile_path');
});

test('the tiles that a proof needs are named once each, in their width at that size', () => {
  const nodes = planInclusion(5, 20_000_000).flat();
  expect(tilesOfNodes(nodes, 20_000_000).map(tilePath)).toEqual([
    'tile/0/000',
    'tile/1/000',
    'tile/2/000',
    'tile/2/001.p/49',
    'tile/1/305.p/45',
  ]);
});

test('a tile that is missing, too short, too long or of a smaller tree is refused', async () => {
  const { tiles } = integrate(EMPTY_EDGE, leaves(300));
  const full = tiles[0]?.bytes ?? new Uint8Array(0);
  const node = { level: 7, index: 1 };
  const readBytes = (bytes: Uint8Array | undefined) => hashReaderOfTiles(256, async () => [bytes])([node]);
  expect(await readBytes(full)).toHaveLength(1);
  await expect(readBytes(undefined)).rejects.toMatchObject({ code: 'tile_missing' });
  await expect(readBytes(full.subarray(32))).rejects.toMatchObject({ code: 'tile_wrong_length' });
  await expect(readBytes(new Uint8Array(8_224))).rejects.toMatchObject({ code: 'tile_wrong_length' });
  expect(codeOf(() => tileOfNode({ level: 3, index: 4 }, 39))).toBe('tile_missing');
  expect(codeOf(() => hashFromTile(node, full.subarray(32)))).toBe('tile_wrong_length');
  expect(codeOf(() => hashOfFullTile(full.subarray(32)))).toBe('tile_wrong_length');
  expect(hex(hashOfFullTile(full))).toBe(hex(hashFromTile({ level: 0, index: 0 }, tiles[2]?.bytes ?? full)));
});

test('what a memory of tiles gives is what the tiles give, while the tree grows, and full tiles are read once', async () => {
  const memory = new Map();
  const all = leaves(70_000);
  let asked: string[] = [];
  for (const size of [300, 66_000, 66_001, 70_000]) {
    const tiles = new Map(
      integrate(EMPTY_EDGE, all.slice(0, size)).tiles.map((tile) => [
        `${tile.level}/${tile.index}`,
        tile.bytes,
      ]),
    );
    const readTiles: TileReader = async (wanted) => {
      asked = wanted.map(({ level, index }) => `${level}/${index}`);
      return asked.map((name) => tiles.get(name));
    };
    for (const index of [0, 255, 299, size - 1]) {
      const plain = await proveInclusion(index, size, hashReaderOfTiles(size, readTiles));
      for (let again = 0; again < 2; again++)
        expect(await proveInclusion(index, size, hashReaderOfTiles(size, readTiles, memory))).toEqual(plain);
      expect(asked.filter((name) => !name.startsWith('0/'))).toEqual([]);
    }
  }
});

test('bundles are what they are parsed from, and nothing shorter, longer or of another width', () => {
  const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 });
  fc.assert(
    fc.property(entries, fc.nat(), (list, cut) => {
      const bundle = formatBundle(list);
      expect(parseBundle(bundle, list.length)).toEqual(list);
      expect(codeOf(() => parseBundle(bundle, list.length + 1))).toBe('malformed_bundle');
      if (list.length === 0) return;
      expect(codeOf(() => parseBundle(bundle, list.length - 1))).toBe('malformed_bundle');
      const shorter = bundle.subarray(0, cut % bundle.length);
      expect(codeOf(() => parseBundle(shorter, list.length))).toBe('malformed_bundle');
      expect(codeOf(() => parseBundle(new Uint8Array([...bundle, 0]), list.length))).toBe('malformed_bundle');
    }),
  );
});

test('an entry may have 65,535 bytes and not one more', () => {
  const largest = new Uint8Array(65_535).fill(7);
  expect(parseBundle(formatBundle([largest]), 1)).toEqual([largest]);
  expect(codeOf(() => formatBundle([new Uint8Array(65_536)]))).toBe('entry_too_large');
});
