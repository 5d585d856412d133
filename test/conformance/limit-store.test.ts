/** What every LimitStore does. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Charge, LimitStore } from '../../src/modules/limits/store.ts';
import { limitBackends } from './backends.ts';

/** Far in the future, so that no store that looks at its own clock takes a window for over. */
const NOW = Date.parse('2100-01-01T00:00:00Z');
const MINUTE = 60_000;

function windowCharge(key: string, amount: number, capacity: number, startMs = NOW): Charge {
  return { key, windowStartMs: startMs, windowEndMs: startMs + MINUTE, amount, capacity, kind: 'window' };
}

function place(key: string, capacity: number, nowMs = NOW): Charge {
  return { key, windowStartMs: 0, windowEndMs: nowMs + MINUTE, amount: 1, capacity, kind: 'concurrency' };
}

for (const backend of limitBackends) {
  backend.describe(`limits in ${backend.name}`, () => {
    let store: LimitStore;
    let replica: LimitStore;
    let discard: () => Promise<void>;
    beforeEach(async () => {
      const prepared = await backend.prepare();
      [store, replica] = prepared.stores;
      discard = prepared.discard;
    });
    afterEach(() => discard());

    test('a reservation says what is in use after it', async () => {
      const charges = [windowCharge('a', 3, 10), windowCharge('b', 5, 10)];
      expect(await store.reserve('l1', charges, NOW)).toEqual({
        admitted: true,
        used: [3, 5],
        refusedBy: -1,
      });
      expect(await replica.reserve('l2', charges, NOW)).toEqual({
        admitted: true,
        used: [6, 10],
        refusedBy: -1,
      });
    });

    test('one that does not fit is refused whole, by the first charge without room', async () => {
      await store.reserve('l1', [windowCharge('b', 8, 10)], NOW);
      const charges = [windowCharge('a', 3, 10), windowCharge('b', 3, 10), windowCharge('c', 11, 10)];
      expect(await store.reserve('l2', charges, NOW)).toEqual({
        admitted: false,
        used: [0, 8, 0],
        refusedBy: 1,
      });
      expect(await store.usage(charges, NOW)).toEqual([0, 8, 0]);
    });

    test('a charge of nothing always fits', async () => {
      await store.reserve('l1', [windowCharge('a', 10, 10)], NOW);
      expect((await store.reserve('l2', [windowCharge('a', 0, 10)], NOW)).admitted).toBe(true);
      expect((await store.reserve('l3', [windowCharge('a', 1, 10)], NOW)).admitted).toBe(false);
    });

    test('settling corrects in either direction, also past the capacity, and never below nothing', async () => {
      const charge = windowCharge('a', 5, 10);
      await store.reserve('l1', [charge], NOW);
      await store.settle('l1', [{ charge, difference: 3 }], NOW);
      expect(await store.usage([charge], NOW)).toEqual([8]);
      await store.settle('l1', [{ charge, difference: 20 }], NOW);
      expect(await replica.usage([charge], NOW)).toEqual([28]);
      await store.settle('l1', [{ charge, difference: -100 }], NOW);
      expect(await store.usage([charge], NOW)).toEqual([0]);
    });

    test('windows are counted apart, and a late correction reaches the one that was charged', async () => {
      const first = windowCharge('a', 10, 10);
      const second = windowCharge('a', 10, 10, NOW + MINUTE);
      await store.reserve('l1', [first], NOW);
      expect((await store.reserve('l2', [second], NOW + MINUTE)).admitted).toBe(true);
      await store.settle('l1', [{ charge: first, difference: -4 }], NOW + MINUTE);
      expect(await store.usage([first, second], NOW + MINUTE)).toEqual([6, 10]);
    });

    test('a correction of a window that nobody knows any more is nothing', async () => {
      const charge = windowCharge('gone', 5, 10);
      await store.settle('l1', [{ charge, difference: 5 }], NOW);
      expect(await store.usage([charge], NOW)).toEqual([0]);
    });

    test('a place is held until it is given back, and by whom it was taken', async () => {
      await store.reserve('l1', [place('a', 2)], NOW);
      expect(await replica.reserve('l2', [place('a', 2)], NOW)).toMatchObject({ admitted: true, used: [2] });
      expect(await store.reserve('l3', [place('a', 2)], NOW)).toMatchObject({ admitted: false, used: [2] });
      await replica.settle('somebody', [{ charge: place('a', 2), difference: -1 }], NOW);
      expect(await store.usage([place('a', 2)], NOW)).toEqual([2]);
      await store.settle('l1', [{ charge: place('a', 2), difference: 0 }], NOW);
      await store.settle('l1', [{ charge: place('a', 2), difference: 0 }], NOW);
      expect(await replica.usage([place('a', 2)], NOW)).toEqual([1]);
    });

    test('a place whose holder died is free again after its time', async () => {
      await store.reserve('l1', [place('a', 1)], NOW);
      expect((await store.reserve('l2', [place('a', 1)], NOW + MINUTE - 1)).admitted).toBe(false);
      expect((await store.reserve('l3', [place('a', 1, NOW + MINUTE)], NOW + MINUTE)).admitted).toBe(true);
    });

    test('a burst from two replicas admits exactly as many as fit', async () => {
      const capacity = 37;
      const charges = [
        windowCharge('burst', 1, capacity),
        windowCharge('wide', 1, 1_000_000),
        place('places', 5_000),
      ];
      const reservations = await Promise.all(
        Array.from({ length: 400 }, (_, index) =>
          (index % 2 === 0 ? store : replica).reserve(`l${index}`, charges, NOW),
        ),
      );
      const admitted = reservations.filter((reservation) => reservation.admitted);
      expect(admitted).toHaveLength(capacity);
      expect(admitted.map(({ used }) => used[0]).toSorted((a = 0, b = 0) => a - b)).toEqual(
        Array.from({ length: capacity }, (_, index) => index + 1),
      );
      // What was refused took nothing of the other limits either.
      expect(await store.usage(charges, NOW)).toEqual([capacity, capacity, capacity]);
    });

    test('a burst for places admits exactly as many as there are', async () => {
      const reservations = await Promise.all(
        Array.from({ length: 100 }, (_, index) =>
          (index % 2 === 0 ? store : replica).reserve(`l${index}`, [place('a', 9)], NOW),
        ),
      );
      expect(reservations.filter(({ admitted }) => admitted)).toHaveLength(9);
    });

    test('large amounts stay exact', async () => {
      const charge = windowCharge('money', 4_000_000_000_001, 9_000_000_000_000);
      await store.reserve('l1', [charge], NOW);
      const { used } = await store.reserve('l2', [charge], NOW);
      expect(used).toEqual([8_000_000_000_002]);
    });
  });
}
