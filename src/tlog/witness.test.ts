import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatCheckpoint } from './checkpoint.ts';
import { textOf, utf8 } from './encoding.ts';
import { EMPTY_ROOT } from './hashes.ts';
import { rootOfLeaves } from './integrate.ts';
import { ED25519, noteSigner } from './keys.ts';
import { formatNote, parseNote } from './note.ts';
import { planConsistency, proveConsistency } from './prove.ts';
import { codeOf } from './testdata/failures.ts';
import { LOG, OTHER_LOG, seedOf, TIME, witness } from './testdata/keys.ts';
import { hex, leaves, TileMap } from './testdata/trees.ts';
import { hashReaderOfTiles } from './tiles.ts';
import type { TreeHead } from './verify.ts';
import { createWitness, type WitnessStore } from './witness.ts';
import {
  formatAddCheckpoint,
  openCosignatures,
  parseAddCheckpoint,
  parseConflict,
  withSignatures,
} from './witness-text.ts';

/** The example of the specification. */
const EXAMPLE = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
`;

const LEAVES = leaves(300);
const tiles = new TileMap();
tiles.append(LEAVES);
const origin = LOG.verifier.name;
const rootAt = (size: number) => rootOfLeaves(LEAVES.slice(0, size));
const w1 = witness(1);

function checkpointOf(size: number, root: Uint8Array = rootAt(size), signer = LOG): Uint8Array {
  const text = formatCheckpoint({ origin, size, root, extensions: [] });
  return formatNote({ text, signatures: [signer.sign(text)] });
}

async function requestFor(oldSize: number, size: number): Promise<Uint8Array> {
  const proof = await proveConsistency(oldSize, size, hashReaderOfTiles(size, tiles.read));
  return formatAddCheckpoint({ oldSize, proof, checkpoint: checkpointOf(size) });
}

function memoryStore(before?: TreeHead): WitnessStore & { latestOf: () => TreeHead | undefined } {
  let tree = before;
  return {
    latestOf: () => tree,
    latest: async () => tree,
    advance: async (_origin, expected, next) => {
      const isSame =
        tree?.size === expected?.size && hex(tree?.root ?? EMPTY_ROOT) === hex(expected?.root ?? EMPTY_ROOT);
      if (isSame) tree = next;
      return isSame;
    },
  };
}

function witnessWith(store: WitnessStore) {
  const logs = [{ origin, keys: [LOG.verifier] }];
  return createWitness({ signers: [w1], logs, store, nowSeconds: () => TIME });
}

describe('the texts', () => {
  test('of the example are read and written to the byte', () => {
    const request = parseAddCheckpoint(utf8(EXAMPLE));
    expect(request).toMatchObject({ oldSize: 20_852_014 });
    expect(request.proof).toHaveLength(4);
    expect(textOf(formatAddCheckpoint(request))).toBe(EXAMPLE);
    // Four hashes are not what these two sizes call for: the example is one of form.
    expect(planConsistency(20_852_014, 20_852_163)).not.toHaveLength(4);
  });

  test.each([
    ['malformed_request', ''],
    ['malformed_request', 'old 1\n'],
    ['malformed_request', EXAMPLE.replace('old ', 'Old ')],
    ['malformed_request', EXAMPLE.replace('old ', 'old')],
    ['malformed_number', EXAMPLE.replace('old 2', 'old 02')],
    ['malformed_number', EXAMPLE.replace('old 20852014', 'old -1')],
    ['number_too_large', EXAMPLE.replace('old 20852014', 'old 9007199254740992')],
    ['malformed_base64', EXAMPLE.replace('PlRN', 'PlR')],
    ['hash_wrong_length', EXAMPLE.replace('PlRN', '')],
    ['note_control_character', EXAMPLE.replace('\n', '\r\n')],
    ['proof_too_long', EXAMPLE.replace(/^(PlRN.*\n)/m, '$1'.repeat(61))],
  ])('%s: a request is refused', (code, text) => {
    expect(codeOf(() => parseAddCheckpoint(utf8(text)))).toBe(code);
  });

  test.each(['', '5', '05\n', '-1\n', '5\n\n', ' 5\n', '5\n5\n', '9007199254740992\n'])(
    'a conflict does not say %j',
    (text) => expect(codeOf(() => parseConflict(utf8(text)))).toBe('malformed_response'),
  );
});

describe('a witness', () => {
  test('cosigns a log as it grows, and the client adds the cosignatures to its checkpoint', async () => {
    const store = memoryStore();
    const asked = witnessWith(store);
    let oldSize = 0;
    for (const size of [0, 1, 1, 5, 256, 300]) {
      const response = await asked.addCheckpoint(await requestFor(oldSize, size));
      expect(response.status).toBe(200);
      const checkpoint = checkpointOf(size);
      const { text } = parseNote(checkpoint);
      const cosignatures = openCosignatures(text, response.body, [w1.verifier]);
      expect(cosignatures).toMatchObject([{ timestamp: TIME, verifier: { name: w1.verifier.name } }]);
      expect(parseNote(withSignatures(checkpoint, cosignatures)).signatures).toHaveLength(2);
      expect(store.latestOf()).toEqual({ size, root: rootAt(size) });
      oldSize = size;
    }
  });

  test('signs with each of its keys', async () => {
    const signers = [w1, witness(2)];
    const logs = [{ origin, keys: [LOG.verifier] }];
    const asked = createWitness({ signers, logs, store: memoryStore(), nowSeconds: () => TIME });
    const { body } = await asked.addCheckpoint(await requestFor(0, 7));
    const { text } = parseNote(checkpointOf(7));
    expect(
      openCosignatures(
        text,
        body,
        signers.map(({ verifier }) => verifier),
      ),
    ).toHaveLength(2);
    expect(openCosignatures(text, body, [w1.verifier])).toHaveLength(1);
    expect(codeOf(() => openCosignatures(text, body, [witness(3).verifier]))).toBe('unknown_key');
    expect(codeOf(() => openCosignatures(`${text}x\n`, body, [w1.verifier]))).toBe('bad_signature');
  });

  const at100 = { size: 100, root: rootAt(100) };
  const proof = [new Uint8Array(32)];
  const request = (oldSize: number, checkpoint: Uint8Array, hashes: readonly Uint8Array[] = []) =>
    formatAddCheckpoint({ oldSize, proof: hashes, checkpoint });
  const impostor = noteSigner(origin, ED25519, seedOf(77));
  const badNote = () => {
    const text = formatCheckpoint({ origin, size: 100, root: at100.root, extensions: [] });
    return formatNote({ text, signatures: [{ ...LOG.sign(text), signature: new Uint8Array(64) }] });
  };
  const otherOrigin = () => {
    const text = formatCheckpoint({ origin: 'x', size: 1, root: rootAt(1), extensions: [] });
    return formatNote({ text, signatures: [LOG.sign(text)] });
  };

  test.each([
    [400, 'malformed_request', () => utf8('hello')],
    [400, 'malformed_checkpoint', () => utf8('old 0\n\no\n\n— a AAAAAAA=\n')],
    [400, 'note_malformed', () => utf8('old 0\n\no\n1\n')],
    [404, 'unknown_log', () => request(0, otherOrigin())],
    [403, 'unsigned_by_log', () => request(100, checkpointOf(100, at100.root, impostor))],
    [403, 'unsigned_by_log', () => request(100, checkpointOf(100, at100.root, OTHER_LOG))],
    [403, 'bad_signature', () => request(100, badNote())],
    [403, 'bad_signature', () => request(7, badNote())],
    [400, 'old_size_too_large', () => request(101, checkpointOf(100))],
    [409, 'old_size_conflict', () => request(0, checkpointOf(300))],
    [409, 'old_size_conflict', () => request(50, checkpointOf(50))],
    [409, 'split_view', () => request(100, checkpointOf(100, new Uint8Array(32)))],
    [422, 'proof_too_long', () => request(100, checkpointOf(100), proof)],
    [422, 'proof_too_short', () => request(100, checkpointOf(300))],
    [422, 'inconsistent', () => request(100, checkpointOf(300, new Uint8Array(32)), Array(8).fill(proof[0]))],
  ])('answers %d for %s, and keeps what it has', async (status, code, body) => {
    const store = memoryStore(at100);
    const response = await witnessWith(store).addCheckpoint(body());
    const isConflict = code === 'old_size_conflict';
    expect(response).toMatchObject({ status, code });
    expect(response.contentType).toBe(isConflict ? 'text/x.tlog.size' : 'text/plain; charset=utf-8');
    expect(textOf(response.body)).toBe(isConflict ? '100\n' : `${code}\n`);
    if (isConflict) expect(parseConflict(response.body)).toBe(100);
    expect(store.latestOf()).toBe(at100);
  });

  test('that has seen nothing takes no proof, and no empty tree but the empty one', async () => {
    const answer = async (body: Uint8Array) => (await witnessWith(memoryStore()).addCheckpoint(body)).code;
    expect(await answer(request(0, checkpointOf(5), proof))).toBe('proof_too_long');
    expect(await answer(request(0, checkpointOf(0, new Uint8Array(32))))).toBe('empty_root_mismatch');
    expect(await answer(request(5, checkpointOf(5)))).toBe('old_size_conflict');
  });

  test('never rolls back, whichever of two requests is stored first', async () => {
    const store = memoryStore(at100);
    const asked = witnessWith(store);
    const bodies = await Promise.all([200, 300, 150, 250].map((size) => requestFor(100, size)));
    const answers = await Promise.all(bodies.map((body) => asked.addCheckpoint(body)));
    expect(answers.map(({ status }) => String(status)).sort()).toEqual(['200', '409', '409', '409']);
    const winner = [200, 300, 150, 250][answers.findIndex(({ status }) => status === 200)];
    expect(store.latestOf()?.size).toBe(winner);
  });

  test('sends nothing signed when the store or the clock fails, or the store is overtaken without end', async () => {
    const body = await requestFor(100, 200);
    const failing: WitnessStore = {
      latest: async () => at100,
      advance: () => Promise.reject(new Error('disk')),
    };
    await expect(witnessWith(failing).addCheckpoint(body)).rejects.toThrow('disk');
    const restless: WitnessStore = { latest: async () => at100, advance: async () => false };
    await expect(witnessWith(restless).addCheckpoint(body)).rejects.toThrow('faster');
    const store = memoryStore(at100);
    const logs = [{ origin, keys: [LOG.verifier] }];
    const timeless = createWitness({ signers: [w1], logs, store, nowSeconds: () => 0 });
    await expect(timeless.addCheckpoint(body)).rejects.toMatchObject({ code: 'zero_timestamp' });
    expect(store.latestOf()).toBe(at100);
  });

  test('of a store that gives nonsense cosigns nothing', async () => {
    const body = await requestFor(100, 200);
    const store = memoryStore({ size: 100, root: new Uint8Array(32) });
    expect(await witnessWith(store).addCheckpoint(body)).toMatchObject({ status: 422, code: 'inconsistent' });
    const short = memoryStore({ size: 100, root: new Uint8Array(5) });
    expect(await witnessWith(short).addCheckpoint(body)).toMatchObject({
      status: 422,
      code: 'hash_wrong_length',
    });
  });

  test('answers any bytes with a refusal', async () => {
    const asked = witnessWith(memoryStore(at100));
    const good = await requestFor(100, 200);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(good.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (position, change) => {
          const body = good.slice();
          body[position] = (body[position] ?? 0) ^ change;
          expect((await asked.addCheckpoint(body)).status).toBeGreaterThanOrEqual(400);
        },
      ),
    );
  });
});
