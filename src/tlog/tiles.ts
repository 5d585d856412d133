/** Tiles of a log (C2SP tlog-tiles): 256 hashes wide, eight levels of the tree high. */
import { demand, TlogError } from './errors.ts';
import { HASH_BYTES, parentHashes } from './hashes.ts';
import { checkSize, type HashReader, type TreeNode } from './tree.ts';

export const TILE_WIDTH = 256;
export const TILE_HEIGHT = 8;

/** The tile at a level of tiles, counted from the left. Its width is from 1 to 256; 256 is full. */
export interface TileCoordinates {
  readonly level: number;
  readonly index: number;
  readonly width: number;
}

/** A tile with its bytes: 32 for each hash of its width. */
export interface Tile extends TileCoordinates {
  readonly bytes: Uint8Array;
}

/** An entry bundle stands beside the tile of level 0 with the same index and width. */
export type BundleCoordinates = Omit<TileCoordinates, 'level'>;

/** How many hashes a level of tiles has in the tree of that size. */
function hashesAtLevel(level: number, size: number): number {
  return Math.floor(size / TILE_WIDTH ** level);
}

/** The width of a tile in the tree of that size: 0 where it has no such tile. */
export function tileWidth(level: number, index: number, size: number): number {
  return Math.max(0, Math.min(TILE_WIDTH, hashesAtLevel(level, size) - index * TILE_WIDTH));
}

/** The partial tiles at the right edge of the tree of that size, from level 0 up: at most one for each level. */
export function partialTiles(size: number): readonly TileCoordinates[] {
  checkSize(size);
  const tiles: TileCoordinates[] = [];
  for (let level = 0; hashesAtLevel(level, size) > 0; level++) {
    const index = Math.floor(hashesAtLevel(level, size) / TILE_WIDTH);
    const width = tileWidth(level, index, size);
    if (width > 0) tiles.push({ level, index, width });
  }
  return tiles;
}

/** Every tile of the tree of that size, level by level from the left. */
export function* allTiles(size: number): Generator<TileCoordinates> {
  checkSize(size);
  for (let level = 0; hashesAtLevel(level, size) > 0; level++) {
    for (let index = 0; tileWidth(level, index, size) > 0; index++) {
      yield { level, index, width: tileWidth(level, index, size) };
    }
  }
}

/** Where the hash of a full subtree is, or is computed from: the hashes from `first` on, `count` of them. */
function placeInTile(node: TreeNode): { level: number; index: number; first: number; count: number } {
  const level = Math.floor(node.level / TILE_HEIGHT);
  const count = 2 ** (node.level - level * TILE_HEIGHT);
  const first = node.index * count;
  return { level, index: Math.floor(first / TILE_WIDTH), first: first % TILE_WIDTH, count };
}

/** The tile that holds the hash of a full subtree of the tree of that size; `tile_missing` if the tree is smaller. */
export function tileOfNode(node: TreeNode, size: number): TileCoordinates {
  const { level, index, first, count } = placeInTile(node);
  const width = tileWidth(level, index, size);
  demand(width >= first + count, 'tile_missing');
  return { level, index, width };
}

/** The tiles that the nodes need, each once: with `planInclusion(…).flat()`, those that a proof needs. */
export function tilesOfNodes(nodes: readonly TreeNode[], size: number): readonly TileCoordinates[] {
  const tiles = new Map<string, TileCoordinates>();
  for (const node of nodes) {
    const tile = tileOfNode(node, size);
    tiles.set(`${tile.level}/${tile.index}`, tile);
  }
  return [...tiles.values()];
}

/** The hash of a run of hashes whose number is a power of two. */
function hashOfRun(bytes: Uint8Array, first: number, count: number): Uint8Array {
  let run: Uint8Array = bytes.slice(first * HASH_BYTES, (first + count) * HASH_BYTES);
  while (run.length > HASH_BYTES) run = parentHashes(run);
  return run;
}

/** The hash of a full subtree, from the bytes of the tile that `tileOfNode` names, or of a wider form of it. */
export function hashFromTile(node: TreeNode, bytes: Uint8Array): Uint8Array {
  const { first, count } = placeInTile(node);
  demand(bytes.length >= (first + count) * HASH_BYTES, 'tile_wrong_length');
  return hashOfRun(bytes, first, count);
}

/** The hash that a full tile has in the tile above it; `tile_wrong_length` if it is not full. */
export function hashOfFullTile(bytes: Uint8Array): Uint8Array {
  demand(bytes.length === TILE_WIDTH * HASH_BYTES, 'tile_wrong_length');
  return hashOfRun(bytes, 0, TILE_WIDTH);
}

/** Gives the bytes of tiles in the order asked, each of the width asked; a wider form of the same tile will do. */
export type TileReader = (tiles: readonly TileCoordinates[]) => Promise<readonly (Uint8Array | undefined)[]>;

/** The hashes of all full subtrees within a tile, by their height: a tile that many proofs need is hashed once. */
type TileHashes = readonly Uint8Array[];

/** Tiles above the leaves that were read before, by level, index and width; whoever gives one bounds it. */
export interface TileMemory {
  get(tile: string): TileHashes | undefined;
  set(tile: string, hashes: TileHashes): void;
}

function allHashes(bytes: Uint8Array): TileHashes {
  const levels = [bytes];
  for (let hashes = bytes; hashes.length > HASH_BYTES; levels.push(hashes)) hashes = parentHashes(hashes);
  return levels;
}

/**
 * A reader of hashes of the tree of that size, from its tiles: each tile is read once for all hashes of a call, and those
 * that `memory` has not at all. It believes the tiles. What is computed from them is proven only by verifying the proof
 * against a signed root.
 */
export function hashReaderOfTiles(size: number, readTiles: TileReader, memory?: TileMemory): HashReader {
  return async (nodes) => {
    const found = new Map<string, (node: TreeNode) => Uint8Array>();
    const missing: TileCoordinates[] = [];
    for (const tile of tilesOfNodes(nodes, size)) {
      const known = tile.level > 0 ? memory?.get(memoryKey(tile)) : undefined;
      if (known) found.set(placeKey(tile), (node) => hashAmong(node, known));
      else missing.push(tile);
    }
    const read = missing.length === 0 ? [] : await readTiles(missing);
    missing.forEach((tile, i) => {
      const bytes = checkedTile(tile, read[i]);
      if (memory && tile.level > 0)
        memory.set(memoryKey(tile), allHashes(bytes.slice(0, tile.width * HASH_BYTES)));
      found.set(placeKey(tile), (node) => hashFromTile(node, bytes));
    });
    return nodes.map((node) => {
      const hash = found.get(placeKey(placeInTile(node)));
      if (hash === undefined) throw new TlogError('tile_missing');
      return hash(node);
    });
  };
}

const placeKey = ({ level, index }: { readonly level: number; readonly index: number }) =>
  `${level}/${index}`;
/** A tile of some width never changes: a wider one is another. */
const memoryKey = (tile: TileCoordinates) => `${placeKey(tile)}/${tile.width}`;

function hashAmong(node: TreeNode, hashes: TileHashes): Uint8Array {
  const { first, count } = placeInTile(node);
  const level = hashes[Math.log2(count)] ?? new Uint8Array(0);
  const at = (first / count) * HASH_BYTES;
  demand(level.length >= at + HASH_BYTES, 'tile_wrong_length');
  return level.slice(at, at + HASH_BYTES);
}

function checkedTile(tile: TileCoordinates, bytes: Uint8Array | undefined): Uint8Array {
  demand(bytes !== undefined, 'tile_missing');
  const isWide = bytes.length >= tile.width * HASH_BYTES && bytes.length <= TILE_WIDTH * HASH_BYTES;
  demand(isWide && bytes.length % HASH_BYTES === 0, 'tile_wrong_length');
  return bytes;
}
