/** What remembers how far each destination has come does so everywhere in the same way. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import type { Cursor } from '../../src/governance/siem/cursors.ts';
import { backends, testShared, type Place } from './backends.ts';

const MOVED: Cursor = {
  position: 12,
  sent: 10,
  rejected: 2,
  rejectedPositions: [3, 7],
  deliveredAtMs: 5_000,
  failure: { reason: 'deadline', sinceMs: 6_000 },
};
const lease = { nowMs: 1_000, untilMs: 2_000 };

for (const backend of backends) {
  backend.describe(`cursors of destinations in ${backend.name}`, () => {
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

    test('begin where they are told, once, and are kept as they were saved', async () => {
      const { siemCursors } = stores;
      expect(await siemCursors.read('a')).toBeUndefined();
      const taken = await siemCursors.take('a', 'one', lease, 9);
      expect(taken?.cursor).toEqual({
        position: 9,
        sent: 0,
        rejected: 0,
        rejectedPositions: [],
        deliveredAtMs: null,
        failure: null,
      });
      expect(await siemCursors.save(taken!.turn, MOVED, 3_000)).toBe(true);
      expect(await siemCursors.read('a')).toEqual(MOVED);
      expect((await siemCursors.take('a', 'one', lease, 99))?.cursor).toEqual(MOVED);
    });

    test('are one holder’s until the lease runs out or is given back', async () => {
      const { siemCursors } = stores;
      const first = (await siemCursors.take('a', 'one', lease, 0))!;
      expect(await siemCursors.take('a', 'two', { nowMs: 1_999, untilMs: 3_000 }, 0)).toBeUndefined();
      const second = (await siemCursors.take('a', 'two', { nowMs: 2_000, untilMs: 3_000 }, 0))!;
      expect(await siemCursors.save(first.turn, MOVED, 9_000)).toBe(false);
      await siemCursors.release(first.turn);
      expect(await siemCursors.take('a', 'three', { nowMs: 2_500, untilMs: 4_000 }, 0)).toBeUndefined();
      await siemCursors.release(second.turn);
      expect(await siemCursors.take('a', 'three', { nowMs: 2_500, untilMs: 4_000 }, 0)).toBeDefined();
      expect((await siemCursors.read('a'))?.position).toBe(0);
    });

    test('are rewound under whoever holds them, who saves nothing any more', async () => {
      const { siemCursors } = stores;
      const { turn } = (await siemCursors.take('a', 'one', lease, 0))!;
      await siemCursors.save(turn, MOVED, 2_000);
      expect(await siemCursors.rewind('a', 4)).toBe(true);
      expect(await siemCursors.save(turn, { ...MOVED, position: 13 }, 2_000)).toBe(false);
      expect((await siemCursors.take('a', 'one', lease, 0))?.cursor).toEqual({ ...MOVED, position: 4 });
      expect(await siemCursors.rewind('nobody', 4)).toBe(false);
    });

    testShared(backend)('are one holder’s however many ask at once, and outlive the process', async () => {
      const other = await place.open('two');
      const takers = Array.from({ length: 8 }, (_, index) => (index % 2 === 0 ? stores : other));
      const taken = await Promise.all(
        takers.map(({ siemCursors }, index) => siemCursors.take('a', `holder ${index}`, lease, 5)),
      );
      const turns = taken.flatMap((each) => (each ? [each.turn] : []));
      expect(turns).toHaveLength(1);
      await stores.siemCursors.save(turns[0]!, MOVED, 2_000);
      await stores.close();
      stores = await place.open();
      expect(await stores.siemCursors.read('a')).toEqual(MOVED);
      await other.close();
    });
  });
}
