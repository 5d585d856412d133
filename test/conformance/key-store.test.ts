/** What every KeyStore does. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import type { StoredKey } from '../../src/modules/audit/keys.ts';
import { backends, testShared, type Place } from './backends.ts';

const key = (id: string, tag: string, createdAtMs = 1): StoredKey => ({
  id,
  tag,
  identifier: Buffer.from(`identifier of ${id}`),
  wrappedKey: Buffer.from(`wrapped ${id}`),
  masterKeyId: 'm1',
  createdAtMs,
});
const idsOf = (keys: readonly StoredKey[]) => keys.map(({ id }) => id);

for (const backend of backends) {
  backend.describe(`the keys of subjects in ${backend.name}`, () => {
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

    test('are found by tag, oldest first, and by id', async () => {
      const { keys } = stores;
      for (const each of [key('b', 't', 2), key('a', 't', 3), key('c', 'u', 1)]) await keys.add(each);
      expect(idsOf(await keys.find('t'))).toEqual(['b', 'a']);
      expect(await keys.find('nobody')).toEqual([]);
      expect(idsOf(await keys.get(['c', 'nobody']))).toEqual(['c']);
      expect(await keys.get([])).toEqual([]);
      expect(idsOf(await keys.list('', 2))).toEqual(['a', 'b']);
      expect(idsOf(await keys.list('b', 2))).toEqual(['c']);
      const [found] = await keys.get(['b']);
      expect({
        ...found,
        identifier: String(found?.identifier),
        wrappedKey: String(found?.wrappedKey),
      }).toEqual({
        ...key('b', 't', 2),
        identifier: 'identifier of b',
        wrappedKey: 'wrapped b',
      });
    });

    test('stay as they are where their id is added again', async () => {
      const { keys } = stores;
      await Promise.all([keys.add(key('a', 't', 1)), keys.add(key('a', 'u', 2))]);
      expect(await keys.get(['a'])).toHaveLength(1);
    });

    test('are wrapped anew and restricted, but not made by it', async () => {
      const { keys } = stores;
      await keys.add(key('a', 't'));
      await keys.replace([{ ...key('a', 't'), masterKeyId: 'm2', restrictedAtMs: 7 }, key('gone', 't')]);
      expect(await keys.get(['a', 'gone'])).toMatchObject([
        { id: 'a', masterKeyId: 'm2', restrictedAtMs: 7 },
      ]);
    });

    test('are gone when they are destroyed, each counted once', async () => {
      const { keys } = stores;
      await keys.add(key('a', 't'));
      await keys.add(key('b', 't'));
      expect(await keys.destroy([])).toBe(0);
      expect(await keys.destroy(['a', 'nobody'])).toBe(1);
      expect(await keys.destroy(['a'])).toBe(0);
      expect(idsOf(await keys.find('t'))).toEqual(['b']);
    });

    testShared(backend)('are the same for another replica', async () => {
      const other = await place.open('two');
      await stores.keys.add(key('a', 't'));
      expect(idsOf(await other.keys.find('t'))).toEqual(['a']);
      await other.keys.destroy(['a']);
      expect(await stores.keys.find('t')).toEqual([]);
      await other.close();
    });
  });
}
