/** Takes leaves into the tree: tiles, full bundles and the new root in one transaction. */
import { constants, zstdCompressSync } from 'node:zlib';
import type { Tree } from '../../modules/audit/store.ts';
import { formatBundle } from '../../tlog/bundles.ts';
import { leafHash } from '../../tlog/hashes.ts';
import { edgeRoot, integrate, openEdge, type Edge, type Integration } from '../../tlog/integrate.ts';
import { partialTiles, TILE_WIDTH } from '../../tlog/tiles.ts';
import type { SqliteConnection } from './connection.ts';

/** Appends wait for it, and leaves are much alike: more effort saves little. */
const FAST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/** SQLite lets one process write at a time, so that no lock of our own is needed. */
export function createIntegrate(connection: SqliteConnection): (maxLeaves: number) => Tree {
  const readSequenced = connection.prepare<[], number>('select sequenced from log_counter').pluck();
  const readTree = connection.prepare<[], { size: number; root: Buffer }>('select size, root from log_tree');
  const readLeaves = connection
    .prepare<[number, number], string>(
      'select leaf from log_leaves where leaf_index >= ? and leaf_index < ? order by leaf_index',
    )
    .pluck();
  const readTile = connection
    .prepare<[number, number], Buffer>('select hashes from log_tiles where level = ? and tile_index = ?')
    .pluck();
  const write = createWrite(connection);
  let edge: Edge | undefined;

  /** What this process remembers, unless another one has integrated meanwhile. @throws Error for tiles that are not the root's */
  function edgeOf({ size, root }: { size: number; root: Buffer }): Edge {
    if (edge?.size === size) return edge;
    const tiles = partialTiles(size).map((tile) => ({
      ...tile,
      bytes: readTile.get(tile.level, tile.index) ?? new Uint8Array(0),
    }));
    const opened = openEdge(size, tiles);
    if (!root.equals(edgeRoot(opened))) throw new Error('the tiles of the log do not have its root');
    return opened;
  }

  const transaction = connection.transaction((maxLeaves: number): Tree => {
    const tree = readTree.get();
    if (!tree) throw new Error('the log has no tree');
    const to = Math.min(readSequenced.get() ?? 0, tree.size + maxLeaves);
    if (to === tree.size) return tree;
    const leaves = readLeaves.all(tree.size, to);
    if (leaves.length !== to - tree.size) throw new Error('leaves of the log are missing');
    const hashes = leaves.map((leaf) => leafHash(Buffer.from(leaf, 'utf8')));
    const integration = integrate(edgeOf(tree), hashes);
    write(tree.size, integration, (from, until) =>
      readLeaves.all(from, until).map((leaf) => Buffer.from(leaf, 'utf8')),
    );
    edge = integration.edge;
    return { size: to, root: integration.root };
  });

  return (maxLeaves) => {
    try {
      return transaction.immediate(maxLeaves);
    } catch (error) {
      edge = undefined;
      throw error;
    }
  };
}

function createWrite(connection: SqliteConnection) {
  const putTile = connection.prepare(
    'insert into log_tiles (level, tile_index, hashes) values (?, ?, ?) on conflict do update set hashes = excluded.hashes',
  );
  const putBundle = connection.prepare('insert into log_bundles (bundle_index, entries) values (?, ?)');
  const dropLeaves = connection.prepare('delete from log_leaves where leaf_index >= ? and leaf_index < ?');
  const setState = connection.prepare('update log_tree set size = ?, root = ?');
  return (
    before: number,
    { edge, root, tiles }: Integration,
    leaves: (from: number, until: number) => readonly Uint8Array[],
  ): void => {
    for (const { level, index, bytes } of tiles) putTile.run(level, index, bytes);
    const full = Math.floor(edge.size / TILE_WIDTH);
    for (let bundle = Math.floor(before / TILE_WIDTH); bundle < full; bundle++) {
      const [from, until] = [bundle * TILE_WIDTH, (bundle + 1) * TILE_WIDTH];
      putBundle.run(bundle, zstdCompressSync(formatBundle(leaves(from, until)), FAST));
      dropLeaves.run(from, until);
    }
    setState.run(edge.size, root);
  };
}
