/** Appending to a log: from its right edge and new leaf hashes to the tiles that change, the new size and root. */
import { demand } from './errors.ts';
import { HASH_BYTES, nodeHash } from './hashes.ts';
import { hashFromTile, partialTiles, TILE_HEIGHT, TILE_WIDTH, type Tile, tileWidth } from './tiles.ts';
import { checkSize, foldRange, nodesOfRange } from './tree.ts';

/**
 * The right edge of a log: all that appending needs to know of what is there.
 * A writer may keep it from one batch to the next, as long as nobody else writes; else `openEdge` reads it anew.
 */
export interface Edge {
  readonly size: number;
  /** The hashes of the full subtrees that make up the tree, from the largest to the smallest. */
  readonly subtrees: readonly Uint8Array[];
  /** The partial tiles' bytes by level; none where a level has no partial tile. */
  readonly tiles: readonly Uint8Array[];
}

/** What a batch has changed. */
export interface Integration {
  readonly edge: Edge;
  readonly root: Uint8Array;
  /**
   * Each tile that was added or grew, once, in its final width: lower levels first, then from the left. A tile takes
   * the place of the narrower tile of the same level and index.
   */
  readonly tiles: readonly Tile[];
}

const NO_BYTES = new Uint8Array(0);

export const EMPTY_EDGE: Edge = { size: 0, subtrees: [], tiles: [] };

/**
 * The edge of a stored log of that size, from its partial tiles, as `partialTiles(size)` lists them: `edge_mismatch`
 * if one is missing, too many or of another width. It costs up to 255 hashes for each level. Whether the tiles are
 * the log's own is shown by `edgeRoot`, which is to be compared with the stored root.
 */
export function openEdge(size: number, tiles: readonly Tile[]): Edge {
  checkSize(size);
  const expected = partialTiles(size);
  demand(tiles.length === expected.length, 'edge_mismatch');
  const byLevel: Uint8Array[] = [];
  expected.forEach(({ level, index, width }, i) => {
    const tile = tiles[i];
    const isThere = tile?.level === level && tile.index === index && tile.width === width;
    demand(isThere && tile.bytes.length === width * HASH_BYTES, 'edge_mismatch');
    while (byLevel.length < level) byLevel.push(NO_BYTES);
    byLevel.push(tile.bytes.slice());
  });
  const subtrees = nodesOfRange(0, size).map((node) => {
    const bytes = byLevel[Math.floor(node.level / TILE_HEIGHT)];
    demand(bytes !== undefined, 'edge_mismatch');
    return hashFromTile(node, bytes);
  });
  return { size, subtrees, tiles: byLevel };
}

/** The root of the tree whose right edge this is. */
export function edgeRoot(edge: Edge): Uint8Array {
  return foldRange(edge.subtrees);
}

/** Appends leaf hashes. Pure: the edge given stays as it is, and every way to cut a batch in two gives the same. */
export function integrate(edge: Edge, leafHashes: readonly Uint8Array[]): Integration {
  const newSize = edge.size + leafHashes.length;
  checkSize(newSize);
  const subtrees = [...edge.subtrees];
  const levels: Tile[][] = [];
  let size = edge.size;

  const append = (level: number, hash: Uint8Array): void => {
    const position = level === 0 ? size : Math.floor(size / TILE_WIDTH ** level);
    const tiles = (levels[level] ??= [grownTile(edge, level, newSize)]);
    let tile = tiles.at(-1);
    const index = Math.floor(position / TILE_WIDTH);
    if (tile === undefined || tile.index !== index) tiles.push((tile = emptyTile(level, index, newSize)));
    tile.bytes.set(hash, (position % TILE_WIDTH) * HASH_BYTES);
  };

  for (const leaf of leafHashes) {
    demand(leaf.length === HASH_BYTES, 'hash_wrong_length');
    append(0, leaf);
    let hash = leaf;
    let height = 0;
    // As in a binary counter: each one that becomes a zero is a full subtree that joins its right neighbor.
    for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = subtrees.pop();
      demand(left !== undefined, 'edge_mismatch');
      hash = nodeHash(left, hash);
      height++;
      if (height % TILE_HEIGHT === 0) append(height / TILE_HEIGHT, hash);
    }
    // The caller keeps its leaf hashes; what the edge holds is the edge's own.
    subtrees.push(height === 0 ? leaf.slice() : hash);
    size++;
  }
  const next: Edge = { size, subtrees, tiles: partialBytes(edge, levels) };
  return { edge: next, root: edgeRoot(next), tiles: levels.flat() };
}

/** Room for all that a tile will hold in the tree of that size. */
function emptyTile(level: number, index: number, size: number): Tile {
  const width = tileWidth(level, index, size);
  return { level, index, width, bytes: new Uint8Array(width * HASH_BYTES) };
}

/** The first tile that a level adds to: a copy of its partial tile with room for what comes. */
function grownTile(edge: Edge, level: number, newSize: number): Tile {
  const tile = emptyTile(level, Math.floor(edge.size / TILE_WIDTH ** (level + 1)), newSize);
  tile.bytes.set(edge.tiles[level] ?? NO_BYTES);
  return tile;
}

function partialBytes(edge: Edge, levels: readonly (readonly Tile[])[]): readonly Uint8Array[] {
  const partial = edge.tiles.slice();
  levels.forEach((tiles, level) => {
    const last = tiles.at(-1);
    partial[level] = last !== undefined && last.width < TILE_WIDTH ? last.bytes : NO_BYTES;
  });
  return partial;
}

/** The root over leaf hashes that are all at hand. */
export function rootOfLeaves(leafHashes: readonly Uint8Array[]): Uint8Array {
  return integrate(EMPTY_EDGE, leafHashes).root;
}
