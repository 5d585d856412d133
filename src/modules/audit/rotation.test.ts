/** A rotation of the log's key, followed by somebody who holds the first key alone; and what only looks like one. */
import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { createMemoryAudit } from '../../adapters/memory/memory-audit-store.ts';
import { openMemoryStores } from '../../adapters/memory/memory.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import { openCheckpoint } from '../../tlog/checkpoint.ts';
import { TlogError } from '../../tlog/errors.ts';
import { leafHash } from '../../tlog/hashes.ts';
import { parseVerifierKey } from '../../tlog/keys.ts';
import type { NoteVerifier } from '../../tlog/note.ts';
import { policyOfKeys } from '../../tlog/policy.ts';
import { parseProof, verifyProof } from '../../tlog/proof.ts';
import { proveConsistency } from '../../tlog/prove.ts';
import { hashReaderOfTiles } from '../../tlog/tiles.ts';
import { type TreeHead, verifyConsistency } from '../../tlog/verify.ts';
import {
  createAudit,
  createKeyring,
  createLog,
  successorOf,
  type Audit,
  type Keyring,
  type Log,
} from './audit.ts';
import type { LogStore } from './store.ts';

const OVERLAP_MS = 1_000;
const ORIGIN = 'log.example/audit';

let now: number;
let keyring: Keyring;
let store: LogStore;
let audit: Audit;
let log: Log;
const clock = { now: () => now };

async function house(origin = ORIGIN) {
  const stores = createMemoryAudit('one');
  const its = await createKeyring({
    store: openMemoryStores().keys,
    masterKeys: [{ id: 'master', key: randomBytes(32) }],
    clock,
  });
  const itsLog = createLog({ store: stores.log, keyring: its, origin, clock });
  return {
    keyring: its,
    store: stores.log,
    log: itsLog,
    audit: createAudit({ store: stores.audit, keyring: its, origin, timeoutMs: 1_000, clock }),
  };
}

beforeEach(async () => {
  now = 10_000;
  ({ keyring, store, audit, log } = await house());
});

const act = (its = audit) => {
  const entry: AdministrationEntry = {
    kind: 'administration',
    id: 'adm_1',
    at: now,
    actor: 'ops',
    action: 'test.done',
    subject: 'x',
  };
  return its.append(entry);
};
const rotate = (its = { log, audit }) =>
  its.log.rotation.rotate({ append: its.audit.append, actor: 'ops', overlapMs: OVERLAP_MS });

async function published(its = log, itsAudit = audit): Promise<Buffer> {
  await act(itsAudit);
  return Buffer.from((await its.publish()).note, 'utf8');
}

/** Whose signatures a checkpoint carries, of the keys that the log says it has had. */
async function signersOf(note: Buffer): Promise<readonly number[]> {
  const keys = await log.keys();
  return keys.flatMap(({ generation, verifierKey }) =>
    isSignedBy(note, parseVerifierKey(verifierKey)) ? [generation] : [],
  );
}

function isSignedBy(note: Uint8Array, verifier: NoteVerifier): boolean {
  try {
    return openCheckpoint(note, { origin: ORIGIN, logKeys: [verifier] }).logSignatures.length === 1;
  } catch (error) {
    if (error instanceof TlogError && error.code === 'unsigned_by_log') return false;
    throw error;
  }
}

/** What a verifier does who has checked the log up to `head` under one key. @throws TlogError, or Error for no handover */
async function follow(
  its: { readonly log: Log; readonly store: LogStore },
  trusted: NoteVerifier,
  head: TreeHead,
  note: Uint8Array,
): Promise<NoteVerifier> {
  let verifier = trusted;
  for (let generation = 1; !isSignedBy(note, verifier); generation++) {
    const bundle = await its.log.rotation.handover(generation);
    if (!bundle) throw new Error('no handover');
    const { extra } = parseProof(bundle);
    const { checkpoint } = verifyProof(bundle, leafHash(extra!), policyOfKeys([verifier], [], 0));
    await checkContinues(its.store, head, checkpoint);
    const next = successorOf(extra!, verifier);
    if (!next) throw new Error('no handover');
    verifier = next;
  }
  const { checkpoint } = openCheckpoint(note, { origin: ORIGIN, logKeys: [verifier] });
  await checkContinues(its.store, head, checkpoint);
  return verifier;
}

async function checkContinues(its: LogStore, head: TreeHead, next: TreeHead): Promise<void> {
  const [older, newer] = head.size <= next.size ? [head, next] : [next, head];
  const read = hashReaderOfTiles(newer.size, (tiles) => its.tiles(tiles));
  verifyConsistency(older, newer, await proveConsistency(older.size, newer.size, read));
}

const headOf = (note: Uint8Array, key: string) =>
  openCheckpoint(note, { origin: ORIGIN, logKeys: [parseVerifierKey(key)] }).checkpoint;

test('both keys sign for the overlap, the new one alone after it, and all sizes are told', async () => {
  expect(await signersOf(await published())).toEqual([0]);
  const { before, after } = await rotate();
  expect([before, after]).toEqual((await log.keys()).map(({ verifierKey }) => verifierKey));
  expect(log.verifierKey).toBe(after);
  expect(await signersOf(await published())).toEqual([0, 1]);
  now += OVERLAP_MS;
  expect(await signersOf(await published())).toEqual([1]);
  // The entry of the rotation was the second, and is the last that only the old key signed for.
  expect(await log.keys()).toMatchObject([
    { generation: 0, fromSize: 0, toSize: 2, untilMs: 11_000 },
    { generation: 1, fromSize: 3 },
  ]);
  const { entries } = await audit.read({ limit: 10 });
  expect(entries[1]?.entry).toMatchObject({
    action: 'log.key_rotate',
    subject: ORIGIN,
    before,
    after,
    actor: 'ops',
  });
});

test('another replica, and the same one after a restart, sign with the new key', async () => {
  const other = createLog({ store, keyring, origin: ORIGIN, clock });
  await rotate();
  expect(await signersOf(await published(other))).toEqual([0, 1]);
  const restarted = createLog({ store, keyring, origin: ORIGIN, clock, known: await store.keys() });
  expect(restarted.verifierKey).toBe(log.verifierKey);
  expect(restarted.verifierKey).not.toBe((await log.keys())[0]?.verifierKey);
});

test('no second rotation begins while two keys sign', async () => {
  await rotate();
  await expect(rotate()).rejects.toThrow(/still overlap/);
  now += OVERLAP_MS;
  await rotate();
  expect(await signersOf(await published())).toEqual([1, 2]);
});

test('of two rotations at once one takes place', async () => {
  const outcomes = await Promise.allSettled([rotate(), rotate()]);
  expect(outcomes.map(({ status }) => status).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'fulfilled',
    'rejected',
  ]);
  expect(await log.keys()).toHaveLength(2);
});

test('nothing is handed over where the entry cannot be written', async () => {
  const append = () => Promise.reject(new Error('no'));
  await expect(log.rotation.rotate({ append, actor: 'ops', overlapMs: OVERLAP_MS })).rejects.toThrow('no');
  expect(await log.keys()).toHaveLength(1);
});

describe('a verifier that holds the first key alone', () => {
  let first: NoteVerifier;
  let head: TreeHead;
  beforeEach(async () => {
    const key = log.verifierKey;
    first = parseVerifierKey(key);
    head = headOf(await published(), key);
  });

  test('follows through any number of rotations', async () => {
    for (let i = 0; i < 3; i++) {
      await rotate();
      now += OVERLAP_MS;
    }
    const note = await published();
    const last = await follow({ log, store }, first, head, note);
    expect(isSignedBy(note, last)).toBe(true);
    expect(isSignedBy(note, first)).toBe(false);
  });

  test('does not follow a history that was written anew under a key that calls itself the next', async () => {
    // Whoever rewrites has a store and keys of their own, and rotates by the book.
    const forged = await house();
    await published(forged.log, forged.audit);
    await rotate(forged);
    now += OVERLAP_MS;
    const note = await published(forged.log, forged.audit);
    await expect(follow(forged, first, head, note)).rejects.toThrow(/unsigned_by_log/);
  });

  test('does not follow where the state says so and no entry does', async () => {
    await rotate();
    const [rotation] = await store.keys();
    const { index } = await act();
    const handover = await log.publish();
    // As whoever can write to the database, but has no key, would do it.
    const odd = { ...store, keys: async () => [{ ...rotation!, entry: index, handover }] };
    const its = createLog({ store: odd, keyring, origin: ORIGIN, clock, known: await odd.keys() });
    now += OVERLAP_MS;
    await act();
    const note = Buffer.from((await its.publish()).note);
    await expect(follow({ log: its, store }, first, head, note)).rejects.toThrow('no handover');
  });

  test('does not follow where what it has seen is not continued', async () => {
    await rotate();
    now += OVERLAP_MS;
    const note = await published();
    const seen = { size: head.size, root: randomBytes(32) };
    await expect(follow({ log, store }, first, seen, note)).rejects.toThrow(/inconsistent/);
  });
});

describe('a leaf hands over', () => {
  const leaf = (entry: object) => Buffer.from(JSON.stringify({ entry }));
  test('only by the right act, from the trusted key, to a key of the same log', async () => {
    const { before, after } = await rotate();
    const trusted = parseVerifierKey(before);
    const { entries } = await audit.read({ limit: 10 });
    const [{ entry: good } = { entry: {} }] = entries as unknown as readonly { entry: object }[];
    expect(good).toMatchObject({ action: 'log.key_rotate', before, after });
    const strange = (await house('other.example/log')).log.verifierKey;
    expect(successorOf(leaf(good), trusted)?.keyId).toBe(parseVerifierKey(after).keyId);
    expect(successorOf(leaf({ ...good, action: 'key.rotate' }), trusted)).toBeUndefined();
    expect(successorOf(leaf({ ...good, before: after }), trusted)).toBeUndefined();
    expect(successorOf(leaf({ ...good, after: strange }), trusted)).toBeUndefined();
    for (const nothing of [leaf({}), Buffer.from('null'), Buffer.from('{'), leaf({ ...good, subject: 'x' })])
      expect(successorOf(nothing, trusted)).toBeUndefined();
  });

  test('with the word of the trusted key for the other, which nobody gives who only writes entries', async () => {
    const { before } = await rotate();
    const trusted = parseVerifierKey(before);
    const { entries } = await audit.read({ limit: 10 });
    const [{ entry: good } = { entry: {} }] = entries as unknown as readonly { entry: object }[];
    const stranger = (await house()).log.verifierKey;
    expect(() => successorOf(leaf({ ...good, after: stranger }), trusted)).toThrow(/bad_signature/);
    expect(successorOf(leaf({ ...good, endorsement: undefined }), trusted)).toBeUndefined();
    expect(() => successorOf(leaf({ ...good, endorsement: '?' }), trusted)).toThrow(/malformed_base64/);
  });
});
