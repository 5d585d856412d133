/** Trees for tests: what the definition in RFC 6962 gives, by recursion, and tiles that are kept in a map. */
import { EMPTY_ROOT, leafHash, nodeHash } from '../hashes.ts';
import { EMPTY_EDGE, type Edge, integrate } from '../integrate.ts';
import { tilePath } from '../tile-paths.ts';
import type { Tile, TileReader } from '../tiles.ts';
import { splitPoint } from '../tree.ts';

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const unhex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

/** The leaf hashes of the entries "0", "1", …. */
export function leaves(count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, i) => leafHash(Buffer.from(String(i))));
}

/** MTH of RFC 6962, section 2.1, as it stands there. */
export function definedRoot(hashes: readonly Uint8Array[]): Uint8Array {
  const [first] = hashes;
  if (first === undefined) return EMPTY_ROOT;
  if (hashes.length === 1) return first;
  const middle = splitPoint(hashes.length);
  return nodeHash(definedRoot(hashes.slice(0, middle)), definedRoot(hashes.slice(middle)));
}

/** A log in memory: every tile in its widest form. */
export class TileMap {
  edge: Edge = EMPTY_EDGE;
  readonly tiles = new Map<string, Tile>();

  append(leafHashes: readonly Uint8Array[]): Uint8Array {
    const { edge, root, tiles } = integrate(this.edge, leafHashes);
    for (const tile of tiles) this.tiles.set(`${tile.level}/${tile.index}`, tile);
    this.edge = edge;
    return root;
  }

  readonly read: TileReader = async (wanted) =>
    wanted.map(({ level, index }) => this.tiles.get(`${level}/${index}`)?.bytes);

  /** The tiles by path, for comparison. */
  paths(): Record<string, string> {
    return Object.fromEntries([...this.tiles.values()].map((tile) => [tilePath(tile), hex(tile.bytes)]).sort());
  }
}

/** The bytes with one bit of one byte changed. */
export function withBitFlipped(bytes: Uint8Array, position: number): Uint8Array {
  const changed = bytes.slice();
  changed[position] = (changed[position] ?? 0) ^ 1;
  return changed;
}
