/** Every answer of the witness protocol over real HTTP, and who sends too much, too slowly or nothing. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { formatCheckpoint } from '../../tlog/checkpoint.ts';
import { EMPTY_ROOT } from '../../tlog/hashes.ts';
import { rootOfLeaves } from '../../tlog/integrate.ts';
import { COSIGNATURE_V1, ED25519, noteSigner } from '../../tlog/keys.ts';
import { formatNote } from '../../tlog/note.ts';
import { proveConsistency } from '../../tlog/prove.ts';
import { hashReaderOfTiles } from '../../tlog/tiles.ts';
import { leaves, TileMap } from '../../tlog/testdata/trees.ts';
import type { TreeHead } from '../../tlog/verify.ts';
import { createWitness, type Witness, type WitnessStore } from '../../tlog/witness.ts';
import { formatAddCheckpoint, openCosignatures } from '../../tlog/witness-text.ts';
import { createWitnessServer, type WitnessServer, type WitnessServerOptions } from './witness-server.ts';

const ORIGIN = 'log.example/audit';
const LOG = noteSigner(ORIGIN, ED25519, randomBytes(32));
const WITNESS = noteSigner('witness.example', COSIGNATURE_V1, randomBytes(32));
const LEAVES = leaves(300);
const TILES = new TileMap();
TILES.append(LEAVES);
const textOf = (size: number, root = rootOfLeaves(LEAVES.slice(0, size)), origin = ORIGIN) =>
  formatCheckpoint({ origin, size, root, extensions: [] });

async function requestOf(oldSize: number, size: number, text = textOf(size), signer = LOG): Promise<Buffer> {
  const proof =
    oldSize > size ? [] : await proveConsistency(oldSize, size, hashReaderOfTiles(size, TILES.read));
  const checkpoint = formatNote({ text, signatures: [signer.sign(text)] });
  return Buffer.from(formatAddCheckpoint({ oldSize, proof, checkpoint }));
}

let servers: WitnessServer[];
let latest: TreeHead | undefined;
const store: WitnessStore = {
  latest: async () => latest,
  advance: async (_origin, expected, next) => {
    if (expected !== latest) return false;
    latest = next;
    return true;
  },
};
const honest = createWitness({
  signers: [WITNESS],
  logs: [{ origin: ORIGIN, keys: [LOG.verifier] }],
  store,
  nowSeconds: () => 1_790_000_000,
});

async function start(witness: Witness = honest, options: Partial<WitnessServerOptions> = {}) {
  const server = createWitnessServer({ witness, about: 'a witness\n', onError: () => undefined, ...options });
  servers.push(server);
  return server.listen('127.0.0.1', 0);
}

function post(port: number, body: Uint8Array, path = '/add-checkpoint'): Promise<Response> {
  return fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST', body: Buffer.from(body) });
}

beforeEach(() => {
  servers = [];
  latest = undefined;
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.close()));
});

describe('add-checkpoint is answered with', () => {
  test('200 and a cosignature that verifies', async () => {
    const port = await start();
    for (const [oldSize, size] of [
      [0, 3],
      [3, 300],
      [300, 300],
    ] as const) {
      const answer = await post(port, await requestOf(oldSize, size));
      expect(answer.status).toBe(200);
      const body = new Uint8Array(await answer.arrayBuffer());
      expect(openCosignatures(textOf(size), body, [WITNESS.verifier])).toHaveLength(1);
    }
    expect(latest?.size).toBe(300);
  });

  test.each<[number, string, () => Promise<Uint8Array>]>([
    [400, 'a body that is no request', async () => Buffer.from('hello')],
    [400, 'an old size above the new', () => requestOf(7, 6)],
    [
      403,
      'a checkpoint that the log has not signed',
      () => requestOf(5, 6, textOf(6), noteSigner(ORIGIN, ED25519, randomBytes(32))),
    ],
    [404, 'another log', () => requestOf(5, 6, textOf(6, undefined, 'other.example'), LOG)],
    [409, 'an old size that is not the latest', () => requestOf(4, 6)],
    [409, 'another root of the same size', () => requestOf(5, 5, textOf(5, Buffer.alloc(32, 1)))],
    [422, 'a proof that does not hold', () => requestOf(5, 6, textOf(6, Buffer.alloc(32, 1)))],
    [422, 'an empty tree with a root', () => requestOf(0, 0, textOf(0, Buffer.alloc(32, 1)))],
  ])('%i for %s', async (status, name, request) => {
    const port = await start();
    expect((await post(port, await requestOf(0, 5))).status).toBe(200);
    const before = latest;
    const answer = await post(port, await request());
    expect(answer.status).toBe(status);
    const text = await answer.text();
    if (name.startsWith('an old size that is not')) {
      expect(answer.headers.get('content-type')).toBe('text/x.tlog.size');
      expect(text).toBe('5\n');
    }
    expect(latest).toEqual(before);
  });

  test('one cosignature where two histories come at once', async () => {
    const port = await start();
    await post(port, await requestOf(0, 5));
    // From an old size of 0 to 5 nothing is proven: both are first checkpoints for a witness without memory.
    latest = undefined;
    const fork = await requestOf(0, 5, textOf(5, Buffer.alloc(32, 9)));
    const requests = Array.from({ length: 20 }, async (_, i) =>
      post(port, i % 2 === 0 ? await requestOf(0, 5) : fork),
    );
    const answers = await Promise.all(requests);
    const cosigned = answers.flatMap(({ status }, i) => (status === 200 ? [i % 2] : []));
    expect(new Set(cosigned).size).toBe(1);
  });
});

test.each([
  ['GET', '/', 200],
  ['POST', '/', 405],
  ['GET', '/add-checkpoint', 405],
  ['GET', '/else', 404],
  ['POST', '/add-checkpoint?x=1', 404],
])('%s %s is answered with %i', async (method, path, status) => {
  const port = await start();
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method });
  expect(answer.status).toBe(status);
  if (status === 200) expect(await answer.text()).toBe('a witness\n');
});

test('a body beyond the limit is refused before it is read, and the next request is served', async () => {
  const port = await start(honest, { maxBodyBytes: 1_000 });
  expect((await post(port, Buffer.alloc(2_000_000))).status).toBe(413);
  expect((await post(port, await requestOf(0, 5))).status).toBe(200);
});

test('who sends too slowly is cut off', async () => {
  const port = await start(honest, { timeoutMs: 200 });
  const socket = connect(port, '127.0.0.1');
  socket.write('POST /add-checkpoint HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nold');
  const heard: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => heard.push(chunk));
  await once(socket, 'close');
  expect(Buffer.concat(heard).toString()).toMatch(/^(HTTP\/1\.1 408|$)/);
});

test('a client that leaves in the middle of its request harms nobody', async () => {
  const onError = vi.fn<(error: unknown) => void>();
  const port = await start(honest, { onError });
  const socket = connect(port, '127.0.0.1');
  socket.write('POST /add-checkpoint HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nold');
  await once(socket, 'connect');
  socket.destroy();
  expect((await post(port, await requestOf(0, 5))).status).toBe(200);
  expect(onError).not.toHaveBeenCalled();
});

test.each<[string, Partial<WitnessStore>]>([
  ['throws', { advance: () => Promise.reject(new Error('the disk is full')) }],
  ['hangs', { latest: () => new Promise(() => undefined) }],
  ['always says that it was overtaken', { advance: async () => false }],
])('a store that %s gives an error and no cosignature', async (_name, odd) => {
  const onError = vi.fn<(error: unknown) => void>();
  const witness = createWitness({
    signers: [WITNESS],
    logs: [{ origin: ORIGIN, keys: [LOG.verifier] }],
    store: { ...store, ...odd },
    nowSeconds: () => 1_790_000_000,
  });
  const port = await start(witness, { onError, timeoutMs: 300 });
  const answer = await post(port, await requestOf(0, 5));
  expect(answer.status).toBe(500);
  expect(await answer.text()).toBe('the witness failed\n');
  expect(onError).toHaveBeenCalledOnce();
});

test('an empty log is cosigned too', async () => {
  const port = await start();
  expect((await post(port, await requestOf(0, 0, textOf(0, EMPTY_ROOT)))).status).toBe(200);
});
