import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemorySecretStore } from '../../adapters/memory/memory-secret-store.ts';
import { createSecrets, masterKeyId, parseMasterKey, SecretError } from './secrets.ts';

const VALUE = 'sk-live-0123456789';
const oldKey = randomBytes(32);
const newKey = randomBytes(32);

function roomWith(...masterKeys: Buffer[]) {
  const store = createMemorySecretStore();
  return {
    store,
    secrets: createSecrets({ store, masterKeys, clock: { now: () => 1_000 } }),
    under: (...keys: Buffer[]) => createSecrets({ store, masterKeys: keys }),
  };
}

describe('a secret', () => {
  test('comes back as it was put, whatever it holds', async () => {
    const { secrets } = roomWith(oldKey);
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, maxLength: 20 }),
        fc.string({ unit: 'grapheme' }),
        async (name, value) => {
          await secrets.put(name, value);
          expect(await secrets.get(name)).toBe(Buffer.from(value).toString());
        },
      ),
      { numRuns: 50 },
    );
    expect(await secrets.get('there is none')).toBeUndefined();
  });

  test('is stored as nothing that tells it, and never twice alike', async () => {
    const { secrets, store } = roomWith(oldKey);
    await secrets.put('openai', VALUE);
    const first = await store.get('openai');
    await secrets.put('openai', VALUE);
    const second = await store.get('openai');
    expect(first!.sealed).not.toBe(second!.sealed);
    expect(Buffer.from(first!.sealed, 'base64').includes(VALUE)).toBe(false);
    expect(JSON.stringify(first)).not.toContain(oldKey.toString('base64'));
  });

  test('is listed by name alone, and can be removed', async () => {
    const { secrets } = roomWith(oldKey);
    await secrets.put('b', VALUE);
    await secrets.put('a', VALUE);
    expect(await secrets.list()).toEqual(
      ['a', 'b'].map((name) => ({ name, masterKeyId: masterKeyId(oldKey), updatedAtMs: 1_000 })),
    );
    expect(await secrets.remove('a')).toBe(true);
    expect(await secrets.remove('a')).toBe(false);
  });

  test('does not open under another master key, which is named by its id', async () => {
    const { secrets, under } = roomWith(oldKey);
    await secrets.put('openai', VALUE);
    await expect(under(newKey).get('openai')).rejects.toThrow(
      `was sealed under the master key ${masterKeyId(oldKey)}, which is not among those given`,
    );
  });

  test('does not open under the name of another', async () => {
    const { secrets, store } = roomWith(oldKey);
    await secrets.put('cheap', VALUE);
    await store.put({ ...(await store.get('cheap'))!, name: 'dear' });
    await expect(secrets.get('dear')).rejects.toThrow(/^the secret dear does not open/);
  });

  test.each([0, 1, 11, 12, 27, 28, 29, 40])('does not open when it is cut after %i bytes', async (bytes) => {
    const { secrets, store } = roomWith(oldKey);
    await secrets.put('openai', VALUE);
    const stored = (await store.get('openai'))!;
    await store.put({
      ...stored,
      sealed: Buffer.from(stored.sealed, 'base64').subarray(0, bytes).toString('base64'),
    });
    await expect(secrets.get('openai')).rejects.toThrow(SecretError);
  });

  test('does not open when any byte of it is changed', async () => {
    const { secrets, store } = roomWith(oldKey);
    await secrets.put('openai', VALUE);
    const stored = (await store.get('openai'))!;
    const bytes = Buffer.from(stored.sealed, 'base64');
    for (let index = 0; index < bytes.length; index++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      await store.put({ ...stored, sealed: changed.toString('base64') });
      await expect(secrets.get('openai')).rejects.toThrow(SecretError);
    }
  });
});

describe('a new master key', () => {
  test('takes over every secret, after which the old one is not needed', async () => {
    const { secrets, under } = roomWith(oldKey);
    await secrets.put('a', 'one');
    await secrets.put('b', 'two');
    const both = under(newKey, oldKey);
    expect(await both.get('a')).toBe('one');
    await both.put('c', 'three');
    expect(await both.rewrap()).toBe(2);
    expect(await both.rewrap()).toBe(0);
    const alone = under(newKey);
    expect(await Promise.all(['a', 'b', 'c'].map(alone.get))).toEqual(['one', 'two', 'three']);
  });

  test('takes over nothing where one secret does not open', async () => {
    const { secrets, store, under } = roomWith(oldKey);
    await secrets.put('a', 'one');
    await secrets.put('b', 'two');
    await store.put({ ...(await store.get('b'))!, sealed: 'AAAA' });
    await expect(under(newKey, oldKey).rewrap()).rejects.toThrow(/^the secret b does not open/);
    expect(await secrets.get('a')).toBe('one');
  });
});

describe('a master key', () => {
  const key = randomBytes(32);
  test.each([
    ['base64', key.toString('base64')],
    ['base64url', key.toString('base64url')],
    ['hexadecimal', key.toString('hex')],
    ['upper-case hexadecimal with a line end', `${key.toString('hex').toUpperCase()}\n`],
  ])('is read from %s', (_, text) => expect(parseMasterKey(text)).toEqual(key));

  test.each([
    ['empty', ''],
    ['a passphrase', 'correct horse battery staple'],
    ['too short', randomBytes(31).toString('base64')],
    ['too long', randomBytes(33).toString('hex')],
    ['not random', '00'.repeat(32)],
    ['two keys', `${key.toString('hex')}\n${key.toString('hex')}`],
  ])('that is %s is refused without being repeated', (_, text) => {
    expect(() => parseMasterKey(text)).toThrow(/^the master key must be/);
    if (text !== '') expect(() => parseMasterKey(text)).not.toThrow(text);
  });

  test('of a wrong length is refused, and so is none', () => {
    const store = createMemorySecretStore();
    expect(() => createSecrets({ store, masterKeys: [randomBytes(16)] })).toThrow(/32 bytes/);
    expect(() => createSecrets({ store, masterKeys: [] })).toThrow(/need a master key/);
  });
});
