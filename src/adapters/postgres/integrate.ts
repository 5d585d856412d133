/** Takes leaves into the tree: one replica at a time, whichever comes first; when it dies, the next one takes over. */
import { promisify } from 'node:util';
import { zstdCompress } from 'node:zlib';
import type pg from 'pg';
import type { Tree } from '../../modules/audit/store.ts';
import { formatBundle } from '../../tlog/bundles.ts';
import { leafHash } from '../../tlog/hashes.ts';
import { edgeRoot, integrate, openEdge, type Edge, type Integration } from '../../tlog/integrate.ts';
import { partialTiles, TILE_WIDTH } from '../../tlog/tiles.ts';

/** A replica that stops in the middle is cut off then, and loses the lock: another publishes within five seconds. */
const IDLE_TIMEOUT_MS = 2_500;

const compress = promisify(zstdCompress);

export function createIntegrate(pool: pg.Pool): (maxLeaves: number) => Promise<Tree> {
  let edge: Edge | undefined;

  /** What this replica remembers, unless another one has integrated meanwhile. @throws Error for tiles that are not the root's */
  async function edgeOf(client: pg.PoolClient, { size, root }: Tree): Promise<Edge> {
    if (edge?.size === size) return edge;
    const wanted = partialTiles(size);
    const { rows } = await client.query<{ level: number; hashes: Buffer }>(
      'select level, hashes from log_tiles join unnest($1::int[], $2::bigint[]) as wanted(l, i) on level = l and tile_index = i',
      [wanted.map(({ level }) => level), wanted.map(({ index }) => index)],
    );
    const bytes = new Map(rows.map(({ level, hashes }) => [level, hashes]));
    const tiles = wanted.map((tile) => ({ ...tile, bytes: bytes.get(tile.level) ?? new Uint8Array(0) }));
    const opened = openEdge(size, tiles);
    if (Buffer.compare(root, edgeRoot(opened)) !== 0)
      throw new Error('the tiles of the log do not have its root');
    return opened;
  }

  async function work(client: pg.PoolClient, maxLeaves: number): Promise<Tree> {
    const tree = await readTree(client);
    if (!(await takeLock(client))) return tree;
    // Read again under the lock.
    const locked = await readTree(client);
    const { rows } = await client.query<{ leaf_index: number; leaf: string }>(
      'select leaf_index, leaf from log_leaves where leaf_index >= $1 and leaf_index < $1::bigint + $2 order by leaf_index',
      [locked.size, maxLeaves],
    );
    if (rows.length === 0) return locked;
    if (rows.some(({ leaf_index }, at) => leaf_index !== locked.size + at))
      throw new Error('leaves of the log are missing');
    const hashes = rows.map(({ leaf }) => leafHash(Buffer.from(leaf, 'utf8')));
    const integration = integrate(await edgeOf(client, locked), hashes);
    await write(client, locked.size, integration);
    edge = integration.edge;
    return { size: integration.edge.size, root: integration.root };
  }

  return async (maxLeaves) => {
    const client = await pool.connect();
    let failure: Error | undefined;
    try {
      await client.query(`begin; set local idle_in_transaction_session_timeout = ${IDLE_TIMEOUT_MS}`);
      const tree = await work(client, maxLeaves);
      await client.query('commit');
      return tree;
    } catch (error) {
      edge = undefined;
      failure = error instanceof Error ? error : new Error(String(error));
      throw error;
    } finally {
      // A connection whose transaction failed is not given back to others.
      client.release(failure);
    }
  };
}

async function takeLock(client: pg.PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    "select pg_try_advisory_xact_lock(hashtextextended('bartizan log ' || current_schema(), 0)) as taken",
  );
  return rows[0]?.taken === true;
}

async function readTree(client: pg.PoolClient): Promise<Tree> {
  const { rows } = await client.query<Tree>('select size, root from log_tree');
  const [tree] = rows;
  if (!tree) throw new Error('the log has no tree');
  return tree;
}

async function write(
  client: pg.PoolClient,
  before: number,
  { edge, root, tiles }: Integration,
): Promise<void> {
  await client.query(
    `insert into log_tiles (level, tile_index, hashes) select * from unnest($1::int[], $2::bigint[], $3::bytea[])
     on conflict (level, tile_index) do update set hashes = excluded.hashes`,
    [
      tiles.map(({ level }) => level),
      tiles.map(({ index }) => index),
      tiles.map(({ bytes }) => Buffer.from(bytes)),
    ],
  );
  const full = Math.floor(edge.size / TILE_WIDTH);
  for (let bundle = Math.floor(before / TILE_WIDTH); bundle < full; bundle++) {
    const { rows } = await client.query<{ leaf: string }>(
      'with gone as (delete from log_leaves where leaf_index >= $1 and leaf_index < $2 returning leaf_index, leaf) select leaf from gone order by leaf_index',
      [bundle * TILE_WIDTH, (bundle + 1) * TILE_WIDTH],
    );
    if (rows.length !== TILE_WIDTH) throw new Error('leaves of the log are missing');
    const entries = formatBundle(rows.map(({ leaf }) => Buffer.from(leaf, 'utf8')));
    await client.query('insert into log_bundles (bundle_index, entries) values ($1, $2)', [
      bundle,
      await compress(entries),
    ]);
  }
  await client.query('update log_tree set size = $1, root = $2', [edge.size, Buffer.from(root)]);
}
