import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { formatCheckpoint } from '../../../../../src/tlog/checkpoint.ts';
import { leafHash } from '../../../../../src/tlog/hashes.ts';
import { rootOfLeaves } from '../../../../../src/tlog/integrate.ts';
import { ED25519, formatVerifierKey, noteSigner, type NoteSigner } from '../../../../../src/tlog/keys.ts';
import { formatNote } from '../../../../../src/tlog/note.ts';
import { formatProof } from '../../../../../src/tlog/proof.ts';
import { proveConsistency, proveInclusion } from '../../../../../src/tlog/prove.ts';
import { TileMap } from '../../../../../src/tlog/testdata/trees.ts';
import { hashReaderOfTiles } from '../../../../../src/tlog/tiles.ts';
import { readKept } from './kept-checkpoint.ts';
import { verifyLog, type LogSource } from './verify-log.ts';

const ORIGIN = 'log.example/audit';
const LOG = noteSigner(ORIGIN, ED25519, randomBytes(32));

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
});

const leavesOf = (size: number, salt = '') =>
  Array.from({ length: size }, (_, index) => Buffer.from(`{"entry":${index}${salt}}`));

/** A log of so many entries, as the gateway serves it. */
function logOf(leaves: readonly Buffer[], signer: NoteSigner = LOG) {
  const hashes = leaves.map((leaf) => leafHash(leaf));
  const tiles = new TileMap();
  tiles.append(hashes);
  const noteOf = (size: number) => {
    const root = rootOfLeaves(hashes.slice(0, size));
    const text = formatCheckpoint({ origin: ORIGIN, size, root, extensions: [] });
    return formatNote({ text, signatures: [signer.sign(text)] });
  };
  const reader = (size: number) => hashReaderOfTiles(size, tiles.read);
  const source: LogSource = {
    latest: async () => ({
      verifierKey: formatVerifierKey(signer.verifier),
      note: Buffer.from(noteOf(leaves.length)).toString(),
    }),
    consistency: async (from, to) =>
      (await proveConsistency(from, to, reader(to))).map((hash) => Buffer.from(hash).toString('base64')),
    async bundle(entry) {
      const index = Number(entry);
      const proof = await proveInclusion(index, leaves.length, reader(leaves.length));
      const extra = leaves[index] ?? Buffer.alloc(1);
      return Buffer.from(formatProof({ index, proof, checkpoint: noteOf(leaves.length), extra })).toString();
    },
  };
  return source;
}

const statesOf = async (source: LogSource, entry?: string) =>
  (await verifyLog(source, readKept(), entry)).steps.map(({ id, state }) => `${id} ${state}`);

test('a log is kept at the first look, and every later one has to follow from it', async () => {
  expect(await statesOf(logOf(leavesOf(5)))).toEqual(['signature held', 'consistency new']);
  expect(readKept()?.size).toBe(5);
  for (const size of [5, 6, 255, 256, 257, 700]) {
    expect(await statesOf(logOf(leavesOf(size)), String(size - 1))).toEqual([
      'signature held',
      'consistency held',
      'inclusion held',
    ]);
    expect(readKept()?.size).toBe(size);
  }
});

test('every entry of logs of every small size is proven', async () => {
  for (let size = 1; size <= 20; size++)
    for (let index = 0; index < size; index++) {
      const verified = await verifyLog(logOf(leavesOf(size)), undefined, String(index));
      expect(verified.entry).toEqual({ index, leaf: `{"entry":${index}}` });
    }
});

describe('once a checkpoint is kept', () => {
  beforeEach(() => verifyLog(logOf(leavesOf(300)), undefined));

  const longer = () => logOf(leavesOf(500));
  const swapped = async (source: LogSource, from: string, to: string) => ({
    ...source,
    latest: async () => {
      const { verifierKey, note } = await source.latest();
      return { verifierKey, note: note.replace(from, to) };
    },
  });

  test.each([
    ['a rewritten log', () => logOf(leavesOf(500, ',"x":1')), 'consistency failed', 'inconsistent'],
    ['another log of the same size', () => logOf(leavesOf(300, ' ')), 'consistency failed', 'split_view'],
    ['a shorter log', () => logOf(leavesOf(200)), 'consistency failed', 'log_shrank'],
    [
      'another key',
      () => logOf(leavesOf(500), noteSigner(ORIGIN, ED25519, randomBytes(32))),
      'signature failed',
      'unsigned_by_log',
    ],
    ['a changed size', () => swapped(longer(), '\n500\n', '\n501\n'), 'signature failed', 'bad_signature'],
    ['another origin', () => swapped(longer(), ORIGIN, 'evil.example'), 'signature failed', 'wrong_origin'],
    [
      'a proof that is none',
      () => ({ ...longer(), consistency: async () => [Buffer.alloc(32).toString('base64')] }),
      'consistency failed',
      undefined,
    ],
    [
      'nonsense',
      () => ({ ...longer(), latest: async () => ({ verifierKey: 'x', note: '\n\n' }) }),
      'signature failed',
      undefined,
    ],
  ])('%s is refused, and what was kept stays', async (_, make, step, code) => {
    const before = readKept();
    const { steps, fault } = await verifyLog(await make(), readKept(), '7');
    expect(steps.map(({ id, state }) => `${id} ${state}`)).toContain(step);
    expect(fault).toBeDefined();
    if (code !== undefined) expect(fault?.code).toBe(code);
    expect(readKept()).toEqual(before);
  });

  test.each([
    ['another entry’s proof', (source: LogSource) => source.bundle('8'), 'wrong_entry'],
    [
      'a changed leaf',
      async (source: LogSource) =>
        (await source.bundle('7')).replace(
          /extra .*/,
          `extra ${Buffer.from('{"entry":70}').toString('base64')}`,
        ),
      'root_mismatch',
    ],
    [
      'another index',
      async (source: LogSource) => (await source.bundle('7')).replace('index 7', 'index 6'),
      'root_mismatch',
    ],
    ['a proof under a rewritten log', () => logOf(leavesOf(400, ' ')).bundle('7'), 'inconsistent'],
    ['nonsense', async () => 'hello', 'malformed_proof'],
  ])('%s does not prove an entry', async (_, bundle, code) => {
    const source = longer();
    const before = readKept();
    const { steps, fault } = await verifyLog({ ...source, bundle: () => bundle(source) }, readKept(), '7');
    expect(steps.at(-1)).toMatchObject({ id: 'inclusion', state: 'failed' });
    expect(fault?.code).toBe(code);
    expect(readKept()).toEqual(before);
  });

  test('what the network says is no verdict', async () => {
    const source = { ...longer(), latest: () => Promise.reject(new TypeError('unreachable')) };
    await expect(verifyLog(source, readKept())).rejects.toThrow(TypeError);
  });
});
