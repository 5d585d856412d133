/** Witnesses that answer, hang, throw, lie and fall behind: the record goes on, and takes what is good. */
import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createMemoryAudit } from '../../adapters/memory/memory-audit-store.ts';
import { openMemoryStores } from '../../adapters/memory/memory.ts';
import { openCheckpoint, parseCheckpoint } from '../../tlog/checkpoint.ts';
import { COSIGNATURE_V1, noteSigner, parseVerifierKey, type NoteSigner } from '../../tlog/keys.ts';
import { formatSignatureLine, parseNote } from '../../tlog/note.ts';
import { parseProof } from '../../tlog/proof.ts';
import type { TreeHead } from '../../tlog/verify.ts';
import { createWitness } from '../../tlog/witness.ts';
import { parseAddCheckpoint } from '../../tlog/witness-text.ts';
import {
  createKeyring,
  createLog,
  createWitnesses,
  type AskedWitness,
  type Log,
  type Published,
  type WitnessAnswer,
  type WitnessPanel,
} from './audit.ts';
import type { AuditStore, LogStore, StoredCheckpoint } from './store.ts';

const ORIGIN = 'log.example/audit';
const OK = { status: 200, contentType: 'text/plain' };
const signerOf = (name: string) => noteSigner(name, COSIGNATURE_V1, randomBytes(32));

let now: number;
let audit: AuditStore;
let store: LogStore;
let log: Log;
let panel: WitnessPanel;
let failures: string[];
let witnesses: ReturnType<typeof createWitnesses>;

const clock = { now: () => now };

async function append(count: number): Promise<void> {
  for (let i = 0; i < count; i++)
    await audit.append({ kind: 'x', id: `r${i}`, at: 1, mark: '', body: '{"kind":"x"}', subjects: [] });
}

function witnessesWith(waitMs = 100, timeoutMs = 300): ReturnType<typeof createWitnesses> {
  return createWitnesses({
    store,
    panel: () => panel,
    clock,
    waitMs,
    timeoutMs,
    onFailure: (name, reason) => failures.push(`${name} ${reason}`),
    onError: (error) => {
      throw error;
    },
  });
}

/** One tick of the publisher. */
async function publishOnce(its = witnesses): Promise<StoredCheckpoint & Published> {
  let published: Published | undefined;
  const onError = vi.fn<(error: unknown) => void>();
  const following = log.follow({
    intervalMs: 60_000,
    witnesses: its,
    onPublished: (told) => (published = told),
    onError,
  });
  await following.stop();
  expect(onError).not.toHaveBeenCalled();
  const checkpoint = await store.checkpointAt(Number.MAX_SAFE_INTEGER);
  if (!checkpoint || !published) throw new Error('nothing was published');
  return { ...checkpoint, ...published };
}

function cosigners(note: string): readonly string[] {
  return openCheckpoint(Buffer.from(note), {
    origin: ORIGIN,
    logKeys: [parseVerifierKey(log.verifierKey)],
    witnessKeys: panel.witnesses.map(({ verifier }) => verifier),
  }).cosignatures.map(({ verifier }) => verifier.name);
}

/** A witness as the specification has it. */
function honest(name: string, signer = signerOf(name)): AskedWitness & { readonly asked: number[] } {
  let latest: TreeHead | undefined;
  const asked: number[] = [];
  const { addCheckpoint } = createWitness({
    signers: [signer],
    logs: [{ origin: ORIGIN, keys: [parseVerifierKey(log.verifierKey)] }],
    store: {
      latest: async () => latest,
      advance: async (_origin, expected, next) => {
        if (latest !== expected) return false;
        latest = next;
        return true;
      },
    },
    nowSeconds: () => 1_790_000_000,
  });
  return {
    name,
    verifier: signer.verifier,
    asked,
    addCheckpoint: async (body): Promise<WitnessAnswer> => {
      asked.push(parseAddCheckpoint(body).oldSize);
      return addCheckpoint(body);
    },
  };
}

function odd(addCheckpoint: AskedWitness['addCheckpoint'], signer = signerOf('odd')): AskedWitness {
  return { name: 'odd', verifier: signer.verifier, addCheckpoint };
}

beforeEach(async () => {
  now = 1_000;
  failures = [];
  ({ audit, log: store } = createMemoryAudit('one'));
  const keyring = await createKeyring({
    store: openMemoryStores().keys,
    masterKeys: [{ id: 'master', key: randomBytes(32) }],
    clock,
  });
  log = createLog({ store, keyring, origin: ORIGIN, clock });
  panel = { witnesses: [], quorum: 0 };
  witnesses = witnessesWith();
  await append(3);
});

test('a checkpoint is published with the cosignatures of all who answer', async () => {
  panel = { witnesses: [honest('one'), honest('two')], quorum: 2 };
  const first = await publishOnce();
  expect(cosigners(first.note).toSorted()).toEqual(['one', 'two']);
  expect(first).toMatchObject({ size: 3, integratedSize: 3, publishedSize: 3, hasQuorum: true });
  await append(300);
  const second = await publishOnce();
  expect(cosigners(second.note).toSorted()).toEqual(['one', 'two']);
  expect(second.size).toBe(303);
});

test('the size that a witness acknowledged last is remembered, and learned from it after a restart', async () => {
  const witness = honest('one');
  panel = { witnesses: [witness], quorum: 1 };
  await publishOnce();
  await append(2);
  await publishOnce();
  expect(witness.asked).toEqual([0, 3]);
  await append(2);
  await publishOnce(witnessesWith());
  expect(witness.asked).toEqual([0, 3, 0, 5]);
  expect(failures).toEqual([]);
});

test('a witness that was away gets its say under the same checkpoint once it is back', async () => {
  const back = honest('back');
  let isAway = true;
  const away: AskedWitness = {
    ...back,
    addCheckpoint: (body, signal) =>
      isAway ? Promise.reject(new Error('connection refused')) : back.addCheckpoint(body, signal),
  };
  panel = { witnesses: [honest('one'), away], quorum: 2 };
  expect(await publishOnce()).toMatchObject({ hasQuorum: false });
  isAway = false;
  // It is left alone for a while first.
  expect(cosigners((await publishOnce()).note)).toEqual(['one']);
  now += 60_000;
  const later = await publishOnce();
  expect(cosigners(later.note).toSorted()).toEqual(['back', 'one']);
  expect(later).toMatchObject({ size: 3, hasQuorum: true });
  expect(failures).toEqual(['back unreachable']);
});

test('what comes too late for the publication is added to it, unless a later one took its place', async () => {
  const slow = honest('slow');
  const late: AskedWitness = {
    ...slow,
    async addCheckpoint(body, signal) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      return slow.addCheckpoint(body, signal);
    },
  };
  panel = { witnesses: [late], quorum: 1 };
  const its = witnessesWith(5);
  const early = await publishOnce(its);
  expect(early.hasQuorum).toBe(false);
  await vi.waitFor(async () =>
    expect(cosigners((await store.checkpointAt(3))?.note ?? early.note)).toEqual(['slow']),
  );
  expect(its.lateQuorumAtMs).toBe(1_000);
  now = 2_000;
  await append(1);
  expect(await publishOnce(its)).toMatchObject({ hasQuorum: false, lateQuorumAtMs: 1_000 });
  await vi.waitFor(async () =>
    expect(cosigners((await store.checkpointAt(4))?.note ?? early.note)).toEqual(['slow']),
  );
});

describe('a witness that', () => {
  const forged = signerOf('odd');
  const signed = (body: Uint8Array, signer: NoteSigner, time: number) => {
    const { text } = parseNote(parseAddCheckpoint(body).checkpoint);
    return Buffer.from(formatSignatureLine(signer.sign(text, time)));
  };
  /** The time is the first eight bytes after the key id, and must not be 0. */
  const withoutTime = (line: Uint8Array) => {
    const [dash, name, encoded] = Buffer.from(line).toString().trimEnd().split(' ');
    const bytes = Buffer.from(encoded ?? '', 'base64').fill(0, 4, 12);
    return Buffer.from(`${dash} ${name} ${bytes.toString('base64')}\n`);
  };
  const conflict = (text: string) => ({
    status: 409,
    contentType: 'text/x.tlog.size',
    body: Buffer.from(text),
  });
  test.each<[string, string, AskedWitness['addCheckpoint']]>([
    ['throws', 'unreachable', () => Promise.reject(new Error('no'))],
    [
      'throws at once',
      'unreachable',
      () => {
        throw new Error('no');
      },
    ],
    ['hangs', 'timed_out', () => new Promise(() => undefined)],
    ['answers nothing', 'unreachable', async () => undefined as unknown as WitnessAnswer],
    ['answers nonsense', 'note_malformed', async () => ({ ...OK, body: Buffer.from('nonsense') })],
    ['answers no text', 'note_not_utf8', async () => ({ ...OK, body: Buffer.from([0xff, 0xfe]) })],
    [
      'signs with another key',
      'unknown_key',
      async (body) => ({ ...OK, body: signed(body, signerOf('odd'), 1) }),
    ],
    [
      'signs another text',
      'bad_signature',
      async () => ({ ...OK, body: Buffer.from(formatSignatureLine(forged.sign('another\n', 1))) }),
    ],
    [
      'tells another time',
      'bad_signature',
      async (body) => ({ ...OK, body: withoutTime(signed(body, forged, 1)) }),
    ],
    ['does not know the log', 'refused_404', async () => ({ ...OK, status: 404, body: Buffer.from('') })],
    ['sees another history', 'refused_409', async () => ({ ...OK, status: 409, body: Buffer.from('x') })],
    ['is broken', 'bad_answer', async () => ({ ...OK, status: 500, body: Buffer.from('x') })],
    ['knows a larger log', 'witness_ahead', async () => conflict('4\n')],
    ['names a size that is none', 'malformed_response', async () => conflict('-4\n')],
    ['never agrees on a size', 'conflict', async () => conflict('1\n')],
  ])('%s is left out, counted and holds up nobody', async (_name, reason, addCheckpoint) => {
    panel = { witnesses: [odd(addCheckpoint, forged), honest('one')], quorum: 1 };
    const before = performance.now();
    const published = await publishOnce();
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(cosigners(published.note)).toEqual(['one']);
    expect(published.hasQuorum).toBe(true);
    await vi.waitFor(() => expect(failures).toEqual([`odd ${reason}`]));
  });

  test('failed is asked less and less often', async () => {
    const asked: number[] = [];
    panel = {
      witnesses: [
        odd(() => {
          asked.push(now);
          return Promise.reject(new Error('no'));
        }),
      ],
      quorum: 0,
    };
    for (; now < 200_000; now += 1_000) await publishOnce();
    expect(asked.length).toBeLessThan(12);
    expect(asked.length).toBeGreaterThan(5);
  });

  test('hangs is asked once at a time', async () => {
    let asked = 0;
    const hang = () => {
      asked++;
      return new Promise<WitnessAnswer>(() => undefined);
    };
    panel = { witnesses: [odd(hang)], quorum: 0 };
    const its = witnessesWith(5, 60_000);
    for (let i = 0; i < 5; i++) await publishOnce(its);
    expect(asked).toBe(1);
  });
});

test('two replicas that publish the same size keep the cosignatures that each was given', async () => {
  const [one, two] = [honest('one'), honest('two')];
  const all = { witnesses: [one, two], quorum: 2 };
  panel = { witnesses: [one], quorum: 1 };
  await publishOnce();
  panel = { witnesses: [two], quorum: 1 };
  await publishOnce(witnessesWith());
  panel = all;
  const published = await store.checkpointAt(3);
  expect(cosigners(published?.note ?? '').toSorted()).toEqual(['one', 'two']);
});

test('a replica that was overtaken while it asked publishes nothing smaller', async () => {
  const one = honest('one');
  panel = {
    witnesses: [
      {
        ...one,
        async addCheckpoint(body, signal) {
          if ((await store.integrated()).size === 3) {
            await append(2);
            await log.publish();
          }
          return one.addCheckpoint(body, signal);
        },
      },
    ],
    quorum: 1,
  };
  expect((await publishOnce()).size).toBe(5);
});

describe('a proof with witnesses', () => {
  const proven = async (index: number) => {
    const { checkpoint } = parseProof((await log.prove(index, witnesses)) ?? Buffer.alloc(0));
    const note = Buffer.from(checkpoint).toString('utf8');
    return { size: parseCheckpoint(parseNote(checkpoint).text).size, cosigners: cosigners(note) };
  };

  test('is under the checkpoint that they have cosigned, and asks nobody again', async () => {
    const witness = honest('one');
    panel = { witnesses: [witness], quorum: 1 };
    await append(3);
    await publishOnce();
    await append(2);
    await log.publish();
    expect(await proven(1)).toEqual({ size: 6, cosigners: ['one'] });
    expect(witness.asked).toEqual([0]);
  });

  test('asks them where none of those kept above the entry has their quorum', async () => {
    panel = { witnesses: [honest('one'), honest('two')], quorum: 2 };
    await append(3);
    await log.publish();
    expect(await proven(1)).toEqual({ size: 6, cosigners: ['one', 'two'] });
    await append(1);
    expect(await proven(6)).toEqual({ size: 7, cosigners: ['one', 'two'] });
    expect(await log.prove(7, witnesses)).toBeUndefined();
  });

  test.each<[string, AskedWitness['addCheckpoint']]>([
    ['hang', () => new Promise(() => undefined)],
    ['throw', () => Promise.reject(new Error('no'))],
    ['answer nonsense', async () => ({ ...OK, body: Buffer.from('nonsense') })],
  ])('is given without them where they %s', async (_, addCheckpoint) => {
    panel = { witnesses: [honest('one'), odd(addCheckpoint)], quorum: 2 };
    await append(3);
    expect(await proven(1)).toEqual({ size: 6, cosigners: ['one'] });
    expect(failures.length).toBeLessThanOrEqual(1);
  });
});
