/** What every CredentialStore does. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import type { StoredCredential } from '../../src/modules/identity/store.ts';
import { backends, testShared, type Place } from './backends.ts';

function credential(id: string, change: Partial<StoredCredential> = {}): StoredCredential {
  return {
    id,
    hash: `hash of ${id}`,
    hint: 'bz_a1b2',
    applicationId: 'app',
    principal: { kind: 'person', id: 'alice' },
    scopes: ['inference', 'reidentify'],
    createdAtMs: 1_780_000_000_000,
    expiresAtMs: null,
    revokedAtMs: null,
    replacedBy: null,
    ...change,
  };
}

for (const backend of backends) {
  backend.describe(`credentials in ${backend.name}`, () => {
    let place: Place;
    let stores: Stores;
    beforeEach(async () => {
      place = await backend.prepare();
      stores = await place.open();
    });
    afterEach(async () => {
      await stores.close();
      await place.discard();
    });

    test('are found by their hash and by their id, as they were added', async () => {
      const added = credential('key_1', { expiresAtMs: 1_790_000_000_000, replacedBy: 'key_2' });
      await stores.credentials.add(added);
      expect(await stores.credentials.byHash(added.hash)).toEqual(added);
      expect(await stores.credentials.byId('key_1')).toEqual(added);
      expect(await stores.credentials.byHash('another')).toBeUndefined();
      expect(await stores.credentials.byId('another')).toBeUndefined();
    });

    test('are listed, the oldest first', async () => {
      await stores.credentials.add(credential('key_b', { createdAtMs: 2 }));
      await stores.credentials.add(credential('key_a', { createdAtMs: 1 }));
      expect((await stores.credentials.list()).map(({ id }) => id)).toEqual(['key_a', 'key_b']);
    });

    test('are not added twice, by id or by hash', async () => {
      await stores.credentials.add(credential('key_1'));
      await expect(stores.credentials.add(credential('key_1', { hash: 'another' }))).rejects.toThrow();
      await expect(stores.credentials.add(credential('key_2', { hash: 'hash of key_1' }))).rejects.toThrow();
      expect(await stores.credentials.list()).toHaveLength(1);
    });

    test('take the fields that change and keep the others', async () => {
      await stores.credentials.add(credential('key_1', { expiresAtMs: 5 }));
      expect(await stores.credentials.update('key_1', { revokedAtMs: 7 })).toBe(true);
      expect(await stores.credentials.update('key_1', {})).toBe(true);
      expect(await stores.credentials.byId('key_1')).toEqual(
        credential('key_1', { expiresAtMs: 5, revokedAtMs: 7 }),
      );
      expect(await stores.credentials.update('key_1', { expiresAtMs: null })).toBe(true);
      expect((await stores.credentials.byId('key_1'))?.expiresAtMs).toBeNull();
      expect(await stores.credentials.update('nobody', { revokedAtMs: 7 })).toBe(false);
    });

    test('call back within a second of a change, until told to stop', async () => {
      const heard = vi.fn();
      const other = vi.fn();
      const stop = stores.credentials.onChange(heard);
      stores.secrets.onChange(other);
      await stores.credentials.add(credential('key_1'));
      await vi.waitFor(() => expect(heard).toHaveBeenCalled(), 1_000);
      heard.mockClear();
      await stores.credentials.update('key_1', { revokedAtMs: 1 });
      await vi.waitFor(() => expect(heard).toHaveBeenCalled(), 1_000);
      stop();
      heard.mockClear();
      await stores.credentials.update('key_1', { revokedAtMs: 2 });
      await new Promise((resolve) => setTimeout(resolve, 600));
      expect(heard).not.toHaveBeenCalled();
      expect(other).not.toHaveBeenCalled();
    });

    testShared(backend)('call back on another replica within a second, with the change there', async () => {
      const replica = await place.open('two');
      const heard = vi.fn();
      replica.credentials.onChange(heard);
      await stores.credentials.add(credential('key_1'));
      await vi.waitFor(() => expect(heard).toHaveBeenCalled(), 1_000);
      expect(await replica.credentials.byId('key_1')).toEqual(credential('key_1'));
      await replica.close();
    });
  });
}
