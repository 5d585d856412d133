/** A monitor that knows the specification and the log's key alone follows the log over HTTP, and checks each step. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseBundle } from '../../src/tlog/bundles.ts';
import { openCheckpoint, type Checkpoint } from '../../src/tlog/checkpoint.ts';
import { EMPTY_ROOT, leafHash } from '../../src/tlog/hashes.ts';
import { parseVerifierKey } from '../../src/tlog/keys.ts';
import { proveConsistency } from '../../src/tlog/prove.ts';
import { bundlePath, tilePath } from '../../src/tlog/tile-paths.ts';
import { hashReaderOfTiles, TILE_WIDTH, tileWidth } from '../../src/tlog/tiles.ts';
import { readRoot } from '../../src/tlog/tree.ts';
import { verifyConsistency, type TreeHead } from '../../src/tlog/verify.ts';
import { startGateway, until, type RunningGateway } from './gateway.ts';

const ORIGIN = 'log.example/audit';
const PERSON = 'ada.lovelace@example.org';

let gateway: RunningGateway;
let key: string;

beforeAll(async () => {
  gateway = await startGateway(undefined, { BARTIZAN_LOG_ORIGIN: ORIGIN });
  ({ key } = await gateway.newKey('demo', { scopes: ['audit'] }));
  // The first checkpoint comes a second after the start.
  await gateway.gateway.office.log.publish();
});
afterAll(() => gateway.stop());

const get = (path: string, its = key, url = gateway.url) =>
  fetch(`${url}/log/${path}`, { headers: { authorization: `Bearer ${its}` } });

async function bytesAt(path: string): Promise<Uint8Array> {
  const answer = await get(path);
  if (answer.status !== 200) throw new Error(`${path} is answered with ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** All that the monitor keeps: the last tree that it checked. */
class Monitor {
  head: TreeHead = { size: 0, root: EMPTY_ROOT };
  readonly entries: string[] = [];

  async follow(): Promise<Checkpoint> {
    const verifier = parseVerifierKey(
      Buffer.from(await bytesAt('key'))
        .toString()
        .trim(),
    );
    const { checkpoint } = openCheckpoint(await bytesAt('checkpoint'), {
      origin: ORIGIN,
      logKeys: [verifier],
    });
    const { size, root } = checkpoint;
    const read = hashReaderOfTiles(size, (tiles) =>
      Promise.all(tiles.map((tile) => bytesAt(tilePath(tile)))),
    );
    verifyConsistency(this.head, checkpoint, await proveConsistency(this.head.size, size, read));
    expect(Buffer.from(await readRoot(size, read))).toEqual(Buffer.from(root));
    await this.readEntries(size);
    this.head = checkpoint;
    return checkpoint;
  }

  /** Each entry is the one whose hash is in the tree. */
  async readEntries(size: number): Promise<void> {
    for (let index = Math.floor(this.entries.length / TILE_WIDTH); index * TILE_WIDTH < size; index++) {
      const width = tileWidth(0, index, size);
      const leaves = parseBundle(await bytesAt(bundlePath({ index, width })), width);
      const hashes = Buffer.concat(leaves.map((leaf) => leafHash(leaf)));
      expect(Buffer.from(await bytesAt(tilePath({ level: 0, index, width })))).toEqual(hashes);
      leaves.forEach((leaf, i) => (this.entries[index * TILE_WIDTH + i] = Buffer.from(leaf).toString()));
    }
  }
}

async function append(count: number): Promise<void> {
  const { audit } = gateway.gateway.office;
  const one = (i: number) =>
    audit.append({
      kind: 'administration',
      id: `adm_${i}`,
      at: Date.now(),
      actor: PERSON,
      action: 'test.done',
      subject: 'test',
      reason: `because of ${PERSON}`,
    });
  await Promise.all(Array.from({ length: count }, (_, i) => one(i)));
}

test('a monitor follows the log from its beginning, step by step', async () => {
  const monitor = new Monitor();
  let expected = 0;
  for (const count of [1, 2, 250, 3, 600]) {
    await append(count);
    expected += count;
    const atLeast = expected;
    await until(async () => ((await monitor.follow()).size >= atLeast ? true : undefined), 15_000);
  }
  expect(monitor.entries).toHaveLength(monitor.head.size);
  expect(monitor.entries.filter((entry) => entry.includes('test.done'))).toHaveLength(expected);
  // What a monitor reads names nobody.
  expect(monitor.entries.join('\n')).not.toMatch(/lovelace|example\.org/);
});

describe('what is served', () => {
  test.each([
    ['checkpoint', 'text/plain; charset=utf-8', 'private, no-cache'],
    ['key', 'text/plain; charset=utf-8', 'private, no-cache'],
    ['tile/0/000', 'application/octet-stream', 'private, max-age=31536000, immutable'],
    ['tile/entries/000', 'application/octet-stream', 'private, max-age=31536000, immutable'],
    ['tile/1/000.p/1', 'application/octet-stream', 'private, max-age=31536000, immutable'],
  ])('%s has its type, and says how long it holds', async (path, type, cache) => {
    const answer = await get(path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('cache-control')).toBe(cache);
  });

  test('is every width of a tile up to its own, and the narrow one begins the wide one', async () => {
    const full = Buffer.from(await bytesAt('tile/0/000'));
    for (const width of [1, 2, 100, 255]) {
      const partial = Buffer.from(await bytesAt(`tile/0/000.p/${width}`));
      expect(partial).toEqual(full.subarray(0, width * 32));
      expect(parseBundle(await bytesAt(`tile/entries/000.p/${width}`), width)).toHaveLength(width);
    }
  });

  test.each([
    '',
    'else',
    'checkpoint/',
    'tile/0/0',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/900',
    'tile/entries/900',
    'tile/entries/900.p/1',
    'tile/5/000',
    'tile/64/000',
    'tile/0/x000/000',
    'tile/0/000%2Ep/1%00',
    '..%2f..%2fmetrics',
  ])('is nothing at %j', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  test('is nothing that is under no checkpoint yet', async () => {
    const { store } = { store: gateway.gateway.office.stores.log };
    const last = await store.checkpointAt(Number.MAX_SAFE_INTEGER);
    const index = Math.floor((last?.size ?? 0) / TILE_WIDTH);
    expect((await get(`tile/0/${String(index).padStart(3, '0')}.p/255`)).status).toBe(404);
  });
});

describe('who may read it', () => {
  test('whoever presents a credential for it, unless told otherwise', async () => {
    const { key: other } = await gateway.newKey('demo', { scopes: ['inference', 'administer'] });
    expect((await fetch(`${gateway.url}/log/checkpoint`)).status).toBe(401);
    expect((await get('checkpoint', 'bz_wrong')).status).toBe(401);
    expect((await get('checkpoint', other)).status).toBe(403);
    expect((await get('nothing', other)).status).toBe(403);
    expect((await get('checkpoint')).status).toBe(200);
  });

  test.each([
    ['public', 200, 'public, no-cache'],
    ['off', 404, null],
  ])('%s: a stranger is answered with %i', async (access, status, cache) => {
    const its = await startGateway(undefined, { BARTIZAN_LOG_ACCESS: access });
    try {
      await its.gateway.office.log.publish();
      const answer = await fetch(`${its.url}/log/checkpoint`);
      expect(answer.status).toBe(status);
      expect(answer.headers.get('cache-control')).toBe(cache);
    } finally {
      await its.stop();
    }
  });
});
