import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EMPTY_EDGE, edgeRoot, integrate, openEdge } from './integrate.ts';
import { codeOf } from './testdata/failures.ts';
import { definedRoot, hex, leaves, TileMap, withBitFlipped } from './testdata/trees.ts';
import { tilePath } from './tile-paths.ts';
import { allTiles, hashFromTile, hashOfFullTile, partialTiles, type Tile } from './tiles.ts';

const LEAVES = leaves(70_000);

function partialTilesOf(log: TileMap, size: number): readonly Tile[] {
  return partialTiles(size).map((tile) => {
    const stored = log.tiles.get(`${tile.level}/${tile.index}`);
    return { ...tile, bytes: stored?.bytes ?? new Uint8Array(0) };
  });
}

test('every size up to 600 has the root of the definition, and exactly its tiles', () => {
  const log = new TileMap();
  for (let size = 1; size <= 600; size++) {
    const root = log.append(LEAVES.slice(size - 1, size));
    expect(hex(root)).toBe(hex(definedRoot(LEAVES.slice(0, size))));
    expect(Object.keys(log.paths())).toEqual([...allTiles(size)].map(tilePath).sort());
  }
});

test('a tree of 70,000 has the tiles that the specification counts', () => {
  const { tiles, root } = integrate(EMPTY_EDGE, LEAVES);
  expect(hex(root)).toBe(hex(definedRoot(LEAVES)));
  const partial = tiles.filter((tile) => tile.width < 256).map(tilePath);
  expect(partial).toEqual(['tile/0/273.p/112', 'tile/1/001.p/17', 'tile/2/000.p/1']);
  expect(tiles).toHaveLength(273 + 1 + 1 + 1 + 1);
});

test('every way to cut the same leaves into batches gives the same tiles, edge and root', () => {
  const cuts = fc.array(fc.oneof(fc.nat(8), fc.nat(700)), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(cuts, fc.boolean(), (batches, isReopened) => {
      const total = batches.reduce((sum, batch) => sum + batch, 0);
      const [whole, cut] = [new TileMap(), new TileMap()];
      let root = whole.append(LEAVES.slice(0, total));
      expect(hex(root)).toBe(hex(edgeRoot(whole.edge)));
      let size = 0;
      for (const batch of batches) {
        if (isReopened) cut.edge = openEdge(size, partialTilesOf(cut, size));
        root = cut.append(LEAVES.slice(size, size + batch));
        size += batch;
      }
      expect(hex(root)).toBe(hex(edgeRoot(whole.edge)));
      expect(cut.paths()).toEqual(whole.paths());
      expect(cut.edge).toEqual(whole.edge);
    }),
    { numRuns: 60 },
  );
});

test('the edge and the leaf hashes given stay as they are, and later changes to them change no edge', () => {
  const leaf = LEAVES[0]?.slice() ?? new Uint8Array(32);
  const first = integrate(EMPTY_EDGE, [leaf]);
  const before = hex(first.root);
  integrate(first.edge, LEAVES.slice(0, 300));
  leaf.fill(0);
  expect(hex(edgeRoot(first.edge))).toBe(before);
});

test('a batch without leaves changes nothing', () => {
  const { edge } = integrate(EMPTY_EDGE, LEAVES.slice(0, 300));
  expect(integrate(edge, [])).toEqual({ edge, root: edgeRoot(edge), tiles: [] });
});

test('an edge whose tiles do not fit its size is refused', () => {
  const log = new TileMap();
  log.append(LEAVES.slice(0, 300));
  const tiles = partialTilesOf(log, 300);
  expect(codeOf(() => openEdge(300, tiles))).toBe('accepted');
  expect(codeOf(() => openEdge(300, tiles.slice(1)))).toBe('edge_mismatch');
  expect(codeOf(() => openEdge(301, tiles))).toBe('edge_mismatch');
  expect(codeOf(() => openEdge(300, [...tiles, ...tiles]))).toBe('edge_mismatch');
  expect(
    codeOf(() =>
      openEdge(
        300,
        tiles.map((tile) => ({ ...tile, bytes: tile.bytes.slice(1) })),
      ),
    ),
  ).toBe('edge_mismatch');
  expect(codeOf(() => openEdge(-1, []))).toBe('size_out_of_range');
  expect(codeOf(() => integrate(EMPTY_EDGE, [new Uint8Array(31)]))).toBe('hash_wrong_length');
});

test('a changed byte of any tile of a log shows: in its parent, or at the right edge in the root', () => {
  const log = new TileMap();
  const root = log.append(LEAVES.slice(0, 1_000));
  const check = () => {
    for (const { level, index, width, bytes } of log.tiles.values()) {
      if (width < 256) continue;
      const parent = log.tiles.get(`${level + 1}/${Math.floor(index / 256)}`)?.bytes ?? new Uint8Array(0);
      if (hex(hashOfFullTile(bytes)) !== hex(hashFromTile({ level: 0, index: index % 256 }, parent)))
        return false;
    }
    return hex(edgeRoot(openEdge(1_000, partialTilesOf(log, 1_000)))) === hex(root);
  };
  expect(check()).toBe(true);
  const keys = [...log.tiles.keys()];
  fc.assert(
    fc.property(fc.constantFrom(...keys), fc.nat(8_191), (key, at) => {
      const tile = log.tiles.get(key);
      if (tile === undefined) return;
      log.tiles.set(key, { ...tile, bytes: withBitFlipped(tile.bytes, at % tile.bytes.length) });
      expect(check()).toBe(false);
      log.tiles.set(key, tile);
    }),
  );
});
