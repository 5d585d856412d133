import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { createMemoryCredentialStore } from '../../adapters/memory/memory-credential-store.ts';
import { configurationSchema } from '../../contract/configuration.ts';
import type { Authentication, Scope } from '../../domain/principal.ts';
import { Refusal } from '../../domain/refusal.ts';
import { hashOf, newApiKey } from './api-key.ts';
import {
  createIdentityRoom,
  createKeyAdministration,
  requireScope,
  type Identity,
  type IdentityRoom,
  type KeyAdministration,
  type PresentedCredentials,
} from './identity.ts';
import type { CredentialStore } from './store.ts';

const tree = configurationSchema.parse({
  version: 1,
  principals: {
    alice: { kind: 'person', groups: ['staff'] },
    robot: { kind: 'service', groups: ['robots'] },
  },
  applications: { app: {}, other: {} },
});

let clock = { ms: 0 };
let store: CredentialStore;
let reads = 0;
let keys: KeyAdministration;
let room: IdentityRoom;
let identity: Identity;

beforeEach(() => {
  clock = { ms: 1_000_000 };
  reads = 0;
  const memory = createMemoryCredentialStore();
  store = {
    ...memory,
    byHash: (hash) => {
      reads++;
      return memory.byHash(hash);
    },
  };
  const now = { now: () => clock.ms };
  keys = createKeyAdministration({ store, clock: now });
  room = createIdentityRoom({
    voucherKey: Buffer.alloc(32),
    store,
    clock: now,
    fetchJson: () => Promise.reject(new Error('no network here')),
  });
  identity = room.withConfiguration(tree);
});

function presented(change: Partial<PresentedCredentials>): PresentedCredentials {
  return {
    authorization: undefined,
    xApiKey: undefined,
    xGoogApiKey: undefined,
    assertedPrincipal: undefined,
    ...change,
  };
}

const withKey = (key: string, assertedPrincipal?: string) =>
  presented({ authorization: `Bearer ${key}`, assertedPrincipal });

async function codeOf(change: Partial<PresentedCredentials>): Promise<string> {
  try {
    await identity.authenticate(presented(change));
    return 'authenticated';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

async function keyFor(
  id = 'robot',
  scopes: readonly Scope[] = ['inference'],
  expiresAtMs: number | null = null,
) {
  return keys.create({ applicationId: 'app', principal: { kind: 'service', id }, scopes, expiresAtMs });
}

describe('headers', () => {
  test.each<[string, (key: string) => Partial<PresentedCredentials>, string]>([
    ['nothing', () => ({}), 'missing_credential'],
    ['empty headers', () => ({ authorization: '', xApiKey: '' }), 'missing_credential'],
    ['a bearer token', (key) => ({ authorization: `Bearer ${key}` }), 'authenticated'],
    ['a bearer token in another case', (key) => ({ authorization: `bEARER  ${key} ` }), 'authenticated'],
    ['x-api-key', (key) => ({ xApiKey: key }), 'authenticated'],
    ['x-goog-api-key', (key) => ({ xGoogApiKey: key }), 'authenticated'],
    [
      'the same key twice',
      (key) => ({ authorization: `Bearer ${key}`, xApiKey: key }),
      'ambiguous_credential',
    ],
    ['two keys', (key) => ({ xApiKey: key, xGoogApiKey: newApiKey() }), 'ambiguous_credential'],
    [
      'all three',
      (key) => ({ authorization: `Bearer ${key}`, xApiKey: key, xGoogApiKey: key }),
      'ambiguous_credential',
    ],
    ['a key and nonsense', (key) => ({ authorization: 'nonsense', xApiKey: key }), 'ambiguous_credential'],
    ['a key and an empty header', (key) => ({ authorization: '', xApiKey: key }), 'authenticated'],
    ['basic authentication', () => ({ authorization: 'Basic YTpi' }), 'invalid_credential'],
    ['a scheme alone', () => ({ authorization: 'Bearer' }), 'invalid_credential'],
    ['a scheme and a blank', () => ({ authorization: 'Bearer ' }), 'invalid_credential'],
    ['a key without a scheme', (key) => ({ authorization: key }), 'invalid_credential'],
    [
      'two tokens in one header',
      (key) => ({ authorization: `Bearer ${key}, Bearer ${key}` }),
      'invalid_credential',
    ],
    ['two keys in one header', (key) => ({ xApiKey: `${key}, ${key}` }), 'invalid_credential'],
    ['a key with a blank before it', (key) => ({ xApiKey: ` ${key}` }), 'invalid_credential'],
    ['a key with a NUL', (key) => ({ xApiKey: `${key}\0` }), 'invalid_credential'],
    ['a key that was never given out', () => ({ xApiKey: newApiKey() }), 'invalid_credential'],
    [
      'a key with a wrong checksum',
      (key) => ({ xApiKey: `${key.slice(0, -1)}${key.endsWith('0') ? '1' : '0'}` }),
      'invalid_credential',
    ],
    [
      "another service's key",
      () => ({ xApiKey: 'sk-proj-abcdefghijklmnopqrstuvwxyz' }),
      'invalid_credential',
    ],
    ['a megabyte', () => ({ authorization: `Bearer ${'a'.repeat(1_000_000)}` }), 'invalid_credential'],
    [
      'a token of no issuer',
      () => ({ authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.e30' }),
      'invalid_credential',
    ],
  ])('%s', async (_name, headers, expected) => {
    const { key } = await keyFor();
    expect(await codeOf(headers(key))).toBe(expected);
  });

  test('whatever is presented, only a key that was given out authenticates, and nothing but a refusal is thrown', async () => {
    const { key } = await keyFor();
    const text = fc.option(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string().map((token) => `Bearer ${token}`),
        fc.base64String().map((token) => `bz_${token}`),
        fc
          .tuple(fc.base64String(), fc.base64String(), fc.base64String())
          .map((parts) => `Bearer ${parts.join('.')}`),
        fc.constantFrom(key.slice(0, -1), `${key}a`, key.toLowerCase(), '__proto__', 'Bearer constructor'),
      ),
      { nil: undefined },
    );
    await fc.assert(
      fc.asyncProperty(
        text,
        text,
        text,
        text,
        async (authorization, xApiKey, xGoogApiKey, assertedPrincipal) => {
          expect(await codeOf({ authorization, xApiKey, xGoogApiKey, assertedPrincipal })).not.toBe(
            'authenticated',
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a key', () => {
  test('says who asks, for which application, and what it may be used for', async () => {
    const { key, credential } = await keyFor('robot', ['inference', 'reidentify']);
    expect(await identity.authenticate(withKey(key))).toEqual({
      method: 'api_key',
      credentialId: credential.id,
      applicationId: 'app',
      principal: { kind: 'service', id: 'robot', groups: ['robots'] },
      scopes: new Set(['inference', 'reidentify']),
    });
  });

  test.each([
    ['stranger', []],
    ['alice', []],
    ['__proto__', []],
  ])('of the service %s, which the tree does not name as a service, is in no group', async (id, groups) => {
    const { key } = await keyFor(id);
    expect((await identity.authenticate(withKey(key))).principal).toEqual({ kind: 'service', id, groups });
  });

  test('of an application that is not configured is refused', async () => {
    const { key } = await keys.create({
      applicationId: 'gone',
      principal: { kind: 'service', id: 'robot' },
      scopes: [],
    });
    expect(await codeOf({ xApiKey: key })).toBe('invalid_credential');
  });

  test('is looked up once, and a burst of requests shares the look-up', async () => {
    const { key } = await keyFor();
    await Promise.all(Array.from({ length: 50 }, () => identity.authenticate(withKey(key))));
    await identity.authenticate(withKey(key));
    expect(reads).toBe(1);
  });

  test('that is unknown is looked up once as well, and found once it is there', async () => {
    const key = newApiKey();
    for (let i = 0; i < 5; i++) expect(await codeOf({ xApiKey: key })).toBe('invalid_credential');
    expect(reads).toBe(1);
    const { credential } = await keyFor();
    await store.add({ ...(await store.byId(credential.id))!, id: 'key_2', hash: hashOf(key) });
    expect(await codeOf({ xApiKey: key })).toBe('authenticated');
  });

  test('is refused the moment it is revoked, under every configuration', async () => {
    const { key, credential } = await keyFor();
    const later = room.withConfiguration(tree);
    await identity.authenticate(withKey(key));
    await later.authenticate(withKey(key));
    expect(await keys.revoke(credential.id)).toBe(true);
    expect(await codeOf({ xApiKey: key })).toBe('expired_credential');
    await expect(later.authenticate(withKey(key))).rejects.toMatchObject({ code: 'expired_credential' });
  });

  test('read just before it was revoked is not believed afterwards', async () => {
    const { key, credential } = await keyFor();
    const stale = await store.byId(credential.id);
    let answer: (credential: typeof stale) => void = () => undefined;
    const slow: CredentialStore = {
      ...store,
      byHash: (hash) => (reads++ === 0 ? new Promise((resolve) => (answer = resolve)) : store.byHash(hash)),
    };
    const slowIdentity = createIdentityRoom({
      voucherKey: Buffer.alloc(32),
      store: slow,
      clock: { now: () => clock.ms },
      fetchJson: () => Promise.reject(new Error('none')),
    }).withConfiguration(tree);
    const first = slowIdentity.authenticate(withKey(key));
    await keys.revoke(credential.id);
    answer(stale);
    await first;
    await expect(slowIdentity.authenticate(withKey(key))).rejects.toMatchObject({
      code: 'expired_credential',
    });
  });

  test('expires to the millisecond, though it was looked up before', async () => {
    const { key } = await keyFor('robot', ['inference'], clock.ms + 100);
    clock.ms += 99;
    expect(await codeOf({ xApiKey: key })).toBe('authenticated');
    clock.ms += 1;
    expect(await codeOf({ xApiKey: key })).toBe('expired_credential');
  });

  test('is read again after a while even if no change was told', async () => {
    const { key } = await keyFor();
    await identity.authenticate(withKey(key));
    clock.ms += 30_000;
    await identity.authenticate(withKey(key));
    expect(reads).toBe(2);
  });

  test('cannot be used while the store fails', async () => {
    const { key } = await keyFor();
    const failing = createIdentityRoom({
      voucherKey: Buffer.alloc(32),
      store: { ...store, byHash: () => Promise.reject(new Error('the store is down')) },
      clock: { now: () => clock.ms },
      fetchJson: () => Promise.reject(new Error('none')),
    }).withConfiguration(tree);
    await expect(failing.authenticate(withKey(key))).rejects.toThrow('the store is down');
  });
});

describe('an asserted principal', () => {
  const asserting = async (scopes: readonly Scope[], asserted: string): Promise<Authentication> => {
    const { key } = await keyFor('robot', scopes);
    return identity.authenticate(withKey(key, asserted));
  };

  test('takes the place of the credential’s, with its own groups alone', async () => {
    expect(await asserting(['inference', 'assert_principal'], 'person:alice')).toMatchObject({
      principal: { kind: 'person', id: 'alice', groups: ['staff'] },
      assertedBy: { kind: 'service', id: 'robot', groups: ['robots'] },
    });
  });

  test('needs the scope for it', async () => {
    await expect(asserting(['inference'], 'person:alice')).rejects.toMatchObject({
      code: 'insufficient_scope',
    });
    await expect(asserting(['inference'], 'nonsense')).rejects.toMatchObject({ code: 'insufficient_scope' });
  });

  test('of another kind than the tree names has none of its groups', async () => {
    expect((await asserting(['assert_principal'], 'agent:alice')).principal.groups).toEqual([]);
  });

  test.each([
    '',
    'alice',
    'person:',
    'Person:alice',
    'admin:alice',
    'person: alice',
    'person:al ice',
    'person:a\nb',
    `person:${'a'.repeat(129)}`,
    'constructor:alice',
    '__proto__:alice',
  ])('must have the form kind:id, which %j has not', async (asserted) => {
    await expect(asserting(['assert_principal'], asserted)).rejects.toMatchObject({
      code: 'invalid_request',
      details: { pointer: 'x-bartizan-principal' },
    });
  });
});

test('a scope that the credential does not carry is asked for in vain', async () => {
  const { key } = await keyFor('robot', ['inference']);
  const authentication = await identity.authenticate(withKey(key));
  expect(() => requireScope(authentication, 'inference')).not.toThrow();
  expect(() => requireScope(authentication, 'administer')).toThrow(
    expect.objectContaining({ code: 'insufficient_scope' }),
  );
});

describe('the administration of keys', () => {
  test('stores a hash and shows a hint, and gives the key out once', async () => {
    const { key, credential } = await keyFor();
    const [listed] = await keys.list();
    expect(listed).toEqual(credential);
    expect(listed).not.toHaveProperty('hash');
    expect(JSON.stringify(await store.list())).not.toContain(key);
    expect(listed?.hint).toBe(key.slice(0, 7));
  });

  test('rotates with an overlap: both keys work, then only the new one', async () => {
    const { key: old, credential } = await keyFor('robot', ['inference', 'reidentify'], clock.ms + 1_000_000);
    const { key: next, credential: replacement } = await keys.rotate(credential.id, { overlapMs: 5_000 });
    expect(await store.byId(credential.id)).toMatchObject({
      replacedBy: replacement.id,
      expiresAtMs: clock.ms + 5_000,
    });
    expect(replacement).toMatchObject({
      scopes: ['inference', 'reidentify'],
      expiresAtMs: clock.ms + 1_000_000,
      replacedBy: null,
    });
    expect([await codeOf({ xApiKey: old }), await codeOf({ xApiKey: next })]).toEqual([
      'authenticated',
      'authenticated',
    ]);
    clock.ms += 5_000;
    expect([await codeOf({ xApiKey: old }), await codeOf({ xApiKey: next })]).toEqual([
      'expired_credential',
      'authenticated',
    ]);
  });

  test('never lengthens the old key’s life by rotating', async () => {
    const { credential } = await keyFor('robot', [], clock.ms + 10);
    await keys.rotate(credential.id, { overlapMs: 5_000, expiresAtMs: null });
    expect((await store.byId(credential.id))?.expiresAtMs).toBe(clock.ms + 10);
  });

  test('does not rotate what is gone, revoked or replaced', async () => {
    const { credential } = await keyFor();
    await keys.rotate(credential.id, { overlapMs: 10 });
    await expect(keys.rotate(credential.id, { overlapMs: 10 })).rejects.toMatchObject({
      code: 'expired_credential',
    });
    await expect(keys.rotate('key_none', { overlapMs: 10 })).rejects.toMatchObject({ code: 'not_found' });
    const { credential: other } = await keyFor();
    await keys.revoke(other.id);
    await expect(keys.rotate(other.id, { overlapMs: 10 })).rejects.toMatchObject({
      code: 'expired_credential',
    });
  });

  test('revokes once: the first time stays', async () => {
    const { credential } = await keyFor();
    await keys.revoke(credential.id);
    const revokedAtMs = clock.ms;
    clock.ms += 1_000;
    expect(await keys.revoke(credential.id)).toBe(true);
    expect((await store.byId(credential.id))?.revokedAtMs).toBe(revokedAtMs);
    expect(await keys.revoke('key_none')).toBe(false);
  });
});
