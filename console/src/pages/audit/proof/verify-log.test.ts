import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { endorsementText, KEY_ROTATED } from '../../../../../src/contract/handover.ts';
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

/** A key that signs from the handover at this index on; the checkpoint over that is the last of the key before. */
interface Rotation {
  readonly at: number;
  readonly to: NoteSigner;
}

/** A log of so many entries, as the gateway serves it. */
function logOf(leaves: readonly Buffer[], signer: NoteSigner = LOG, rotations: readonly Rotation[] = []) {
  const hashes = leaves.map((leaf) => leafHash(leaf));
  const tiles = new TileMap();
  tiles.append(hashes);
  const signers = [signer, ...rotations.map(({ to }) => to)];
  const noteOf = (size: number) => {
    const root = rootOfLeaves(hashes.slice(0, size));
    const text = formatCheckpoint({ origin: ORIGIN, size, root, extensions: [] });
    const by = signers[rotations.filter(({ at }) => at + 1 < size).length] ?? signer;
    return formatNote({ text, signatures: [by.sign(text)] });
  };
  const reader = (size: number) => hashReaderOfTiles(size, tiles.read);
  async function bundleUnder(size: number, index: number): Promise<string> {
    const proof = await proveInclusion(index, size, reader(size));
    const extra = leaves[index] ?? Buffer.alloc(1);
    return Buffer.from(formatProof({ index, proof, checkpoint: noteOf(size), extra })).toString();
  }
  const source: LogSource = {
    latest: async () => ({
      verifierKeys: signers.map(({ verifier }) => formatVerifierKey(verifier)),
      note: Buffer.from(noteOf(leaves.length)).toString(),
    }),
    async handover(generation) {
      const rotation = rotations[generation - 1];
      return rotation && bundleUnder(rotation.at + 1, rotation.at);
    },
    consistency: async (from, to) =>
      (await proveConsistency(from, to, reader(to))).map((hash) => Buffer.from(hash).toString('base64')),
    bundle: (entry) => bundleUnder(leaves.length, Number(entry)),
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
      const { verifierKeys, note } = await source.latest();
      return { verifierKeys, note: note.replace(from, to) };
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
      () => ({ ...longer(), latest: async () => ({ verifierKeys: ['x'], note: '\n\n' }) }),
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

describe('a log whose key was handed over', () => {
  const [SECOND, THIRD, STRANGER] = [1, 2, 3].map(() => noteSigner(ORIGIN, ED25519, randomBytes(32))) as [
    NoteSigner,
    NoteSigner,
    NoteSigner,
  ];
  const ROTATIONS: readonly Rotation[] = [
    { at: 310, to: SECOND },
    { at: 400, to: THIRD },
  ];

  function handoverLeaf(by: NoteSigner, to: NoteSigner, change: object = {}): Buffer {
    const [before, after] = [by, to].map(({ verifier }) => formatVerifierKey(verifier)) as [string, string];
    const endorsement = Buffer.from(by.sign(endorsementText(before, after)).signature).toString('base64');
    const entry = { action: KEY_ROTATED, subject: ORIGIN, before, after, endorsement, ...change };
    return Buffer.from(JSON.stringify({ entry }));
  }

  /** The leaves at 310 and 400 are handovers, or what is given for the first. */
  const leavesWith = (size: number, first = handoverLeaf(LOG, SECOND)) =>
    leavesOf(size).map((leaf, index) =>
      index === 310 ? first : index === 400 ? handoverLeaf(SECOND, THIRD) : leaf,
    );
  const rotated = (size = 500, first?: Buffer) => logOf(leavesWith(size, first), LOG, ROTATIONS);
  const withBundle = (change: (bundle: string) => string | undefined): LogSource => {
    const source = rotated();
    return {
      ...source,
      async handover(generation) {
        const bundle = await source.handover(generation);
        return generation === 1 ? change(bundle ?? '') : bundle;
      },
    };
  };
  const followed = ['handover held', 'signature held', 'consistency held', 'inclusion held'];
  const keyOf = ({ verifier }: NoteSigner) => formatVerifierKey(verifier);

  test('is followed by whoever knows one of its keys, and the newest one is kept', async () => {
    await verifyLog(logOf(leavesWith(300)), undefined);
    expect(readKept()?.verifierKey).toBe(keyOf(LOG));
    expect(await statesOf(rotated(), '7')).toEqual(followed);
    expect(readKept()).toMatchObject({ verifierKey: keyOf(THIRD), size: 500 });
    expect(await statesOf(rotated(600), '310')).toEqual(followed.slice(1));
  });

  test('is followed one key at a time', async () => {
    const first = ROTATIONS.slice(0, 1);
    await verifyLog(logOf(leavesWith(300)), undefined);
    expect(await statesOf(logOf(leavesWith(350), LOG, first), '7')).toEqual(followed);
    expect(readKept()?.verifierKey).toBe(keyOf(SECOND));
    expect(await statesOf(rotated(), '7')).toEqual(followed);
    expect(readKept()?.verifierKey).toBe(keyOf(THIRD));
  });

  test('is kept at the first look under the key that signs, even before the new one has', async () => {
    expect(await statesOf(logOf(leavesWith(311), LOG, ROTATIONS.slice(0, 1)))).toEqual([
      'signature held',
      'consistency new',
    ]);
    expect(readKept()?.verifierKey).toBe(keyOf(LOG));
    expect(await statesOf(rotated(), '7')).toEqual(followed);
  });

  const withKeyOf = (leaf: string) =>
    leaf.replaceAll(
      /extra (.*)/g,
      (_, extra: string) =>
        `extra ${Buffer.from(
          Buffer.from(extra, 'base64').toString().replace(keyOf(SECOND), keyOf(STRANGER)),
        ).toString('base64')}`,
    );

  test.each<[string, () => LogSource | Promise<LogSource>, string, string]>([
    ['to another key than its entry names', () => withBundle(withKeyOf), 'handover failed', 'root_mismatch'],
    [
      'by an entry that the key before has not signed for',
      () => rotated(500, handoverLeaf(LOG, SECOND, { endorsement: btoa('x'.repeat(64)) })),
      'handover failed',
      'bad_signature',
    ],
    [
      'by the word of a stranger',
      () =>
        rotated(
          500,
          handoverLeaf(LOG, SECOND, {
            endorsement: Buffer.from(
              STRANGER.sign(endorsementText(keyOf(LOG), keyOf(SECOND))).signature,
            ).toString('base64'),
          }),
        ),
      'handover failed',
      'bad_signature',
    ],
    [
      'by an entry of something else',
      () => rotated(500, Buffer.from('{"entry":{}}')),
      'handover failed',
      'no_handover',
    ],
    [
      'from another key',
      () => rotated(500, handoverLeaf(STRANGER, SECOND)),
      'handover failed',
      'no_handover',
    ],
    [
      'of another log',
      () => rotated(500, handoverLeaf(LOG, SECOND, { subject: 'log.example/other' })),
      'handover failed',
      'no_handover',
    ],
    [
      'under a checkpoint of the new key',
      () =>
        withBundle((bundle) =>
          bundle.replace(/\u2014 .*/, `\u2014 ${SECOND.verifier.name} ${btoa('x'.repeat(68))}`),
        ),
      'handover failed',
      'unsigned_by_log',
    ],
    ['that is not there', () => withBundle(() => undefined), 'signature failed', 'unsigned_by_log'],
    [
      'in another history',
      async () => {
        const source = logOf(
          leavesOf(500, ' ').map((leaf, index) => leavesWith(500)[index === 310 ? 310 : -1] ?? leaf),
          LOG,
          ROTATIONS.slice(0, 1),
        );
        const bundle = await source.handover(1);
        return {
          ...rotated(),
          handover: async (generation) => (generation === 1 ? bundle : rotated().handover(generation)),
        };
      },
      'consistency failed',
      'inconsistent',
    ],
    ['that is nonsense', () => withBundle(() => 'hello'), 'handover failed', 'malformed_proof'],
  ])('is not followed by a handover %s', async (_, make, step, code) => {
    await verifyLog(logOf(leavesWith(300)), undefined);
    const before = readKept();
    const { steps, fault } = await verifyLog(await make(), readKept(), '7');
    expect(steps.map(({ id, state }) => `${id} ${state}`).at(-1)).toBe(step);
    expect(fault?.code).toBe(code);
    expect(readKept()).toEqual(before);
  });
});
