/** What every store of sealed cases keeps: of requests for approval, and of objections. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import { backends, testShared, type Place } from './backends.ts';

for (const backend of backends) {
  for (const kind of ['approvals', 'contests'] as const)
    backend.describe(`${kind} in ${backend.name}`, () => {
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
      const approval = (number: number, interaction = 'req_1') => ({
        id: `apr_${number}`,
        interaction,
        atMs: 1_000 + number,
        version: 1,
        sealed: Buffer.from([number, 0, 255]),
      });
      const ids = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);

      test('an approval comes back as it was added', async () => {
        await stores[kind].add(approval(1));
        const found = (await stores[kind].find('apr_1'))!;
        expect({ ...found, sealed: Buffer.from(found.sealed) }).toEqual(approval(1));
        expect(await stores[kind].find('apr_2')).toBeUndefined();
      });

      test('lists are newest first, and continue', async () => {
        for (const number of [3, 1, 2]) await stores[kind].add(approval(number, `req_${number % 2}`));
        expect(ids(await stores[kind].list({ limit: 2 }))).toEqual(['apr_3', 'apr_2']);
        expect(ids(await stores[kind].list({ before: 'apr_2', limit: 2 }))).toEqual(['apr_1']);
        expect(ids(await stores[kind].about('req_1'))).toEqual(['apr_3', 'apr_1']);
        expect(await stores[kind].about('req_9')).toEqual([]);
      });

      test('a change counts from the version that it saw', async () => {
        await stores[kind].add(approval(1));
        const changes = await Promise.all(
          Array.from({ length: 10 }, (_, index) => stores[kind].change('apr_1', 1, Buffer.from([index]))),
        );
        expect(changes.filter(Boolean)).toHaveLength(1);
        expect(await stores[kind].find('apr_1')).toMatchObject({ version: 2 });
        expect(await stores[kind].change('apr_1', 1, Buffer.from('late'))).toBe(false);
        expect(await stores[kind].change('apr_1', 2, Buffer.from('next'))).toBe(true);
        expect(await stores[kind].change('apr_9', 1, Buffer.from('none'))).toBe(false);
      });

      test('what is old is purged', async () => {
        for (const number of [1, 2, 3]) await stores[kind].add(approval(number));
        expect(await stores[kind].purge(1_003)).toBe(2);
        expect(ids(await stores[kind].list({ limit: 5 }))).toEqual(['apr_3']);
      });

      testShared(backend)('another replica sees what was decided', async () => {
        const other = await place.open('two');
        await stores[kind].add(approval(1));
        expect(await other[kind].change('apr_1', 1, Buffer.from('yes'))).toBe(true);
        expect(await stores[kind].change('apr_1', 1, Buffer.from('no'))).toBe(false);
        await other.close();
      });
    });
}
