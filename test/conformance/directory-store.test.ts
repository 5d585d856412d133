/** What every DirectoryStore keeps of users and groups. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import type { StoredDirectoryEntry } from '../../src/governance/provisioning/store.ts';
import { backends, testShared, type Place } from './backends.ts';

const ada: StoredDirectoryEntry = {
  kind: 'user',
  id: 'usr_1',
  name: 'ada',
  version: 1,
  createdAtMs: 1_000,
  modifiedAtMs: 1_000,
  content: '{"userName":"Ada"}',
};

for (const backend of backends) {
  backend.describe(`a directory in ${backend.name}`, () => {
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

    test('an entry comes back as it was added, as its kind alone', async () => {
      expect(await stores.directory.add(ada)).toBe(true);
      expect(await stores.directory.find('user', 'usr_1')).toEqual(ada);
      expect(await stores.directory.find('group', 'usr_1')).toBeUndefined();
      expect(await stores.directory.list('user')).toEqual([ada]);
      expect(await stores.directory.list('group')).toEqual([]);
    });

    test('of many who want one name, one gets it; a group may be called like a user', async () => {
      const added = await Promise.all(
        Array.from({ length: 10 }, (_, index) => stores.directory.add({ ...ada, id: `usr_${index}` })),
      );
      expect(added.filter(Boolean)).toHaveLength(1);
      expect(await stores.directory.add({ ...ada, kind: 'group', id: 'grp_1' })).toBe(true);
    });

    test('a change follows the version before it', async () => {
      await stores.directory.add(ada);
      const next = { ...ada, version: 2, modifiedAtMs: 2_000, content: '{}' };
      const changed = await Promise.all(Array.from({ length: 5 }, () => stores.directory.change(next)));
      expect(changed.filter(Boolean)).toHaveLength(1);
      expect(await stores.directory.find('user', 'usr_1')).toEqual(next);
      expect(await stores.directory.change({ ...next, id: 'usr_9' })).toBe(false);
    });

    test('an entry is removed at the version that was seen', async () => {
      await stores.directory.add(ada);
      expect(await stores.directory.remove('user', 'usr_1', 2)).toBe(false);
      expect(await stores.directory.remove('group', 'usr_1', 1)).toBe(false);
      expect(await stores.directory.remove('user', 'usr_1', 1)).toBe(true);
      expect(await stores.directory.remove('user', 'usr_1', 1)).toBe(false);
      expect(await stores.directory.add(ada)).toBe(true);
    });

    testShared(backend)('another replica sees it', async () => {
      const other = await place.open('two');
      await stores.directory.add(ada);
      expect(await other.directory.find('user', 'usr_1')).toEqual(ada);
      expect(await other.directory.add({ ...ada, id: 'usr_2' })).toBe(false);
      await other.close();
    });
  });
}
