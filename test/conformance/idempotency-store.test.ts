/** What every IdempotencyStore keeps of changes that were asked for under a key. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Stores } from '../../src/adapters/sql/stores.ts';
import { backends, testShared, type Place } from './backends.ts';

const DAY = 86_400_000;
const NOW = 10 * DAY;

for (const backend of backends) {
  backend.describe(`answers for idempotency keys in ${backend.name}`, () => {
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
    const claim = (id: string, atMs = NOW, digest = 'd') =>
      stores.idempotency.claim({ id, digest, atMs }, atMs - DAY);

    test('of many who claim one id, one is the first', async () => {
      const claims = await Promise.all(Array.from({ length: 20 }, () => claim('a')));
      expect(claims.filter(({ kind }) => kind === 'new')).toHaveLength(1);
      expect(await claim('a', NOW, 'other')).toEqual({ kind: 'known', digest: 'd', sealed: undefined });
      expect(await claim('b')).toEqual({ kind: 'new' });
    });

    test('an answer comes back byte by byte', async () => {
      await claim('a');
      const sealed = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      await stores.idempotency.answer('a', sealed);
      const known = await claim('a');
      expect(known).toMatchObject({ kind: 'known', digest: 'd' });
      expect('sealed' in known && known.sealed && Buffer.from(known.sealed)).toEqual(sealed);
    });

    test('a claim is let go of, but no answer', async () => {
      await claim('a');
      await stores.idempotency.release('a');
      expect(await claim('a')).toEqual({ kind: 'new' });
      await stores.idempotency.answer('a', Buffer.from('yes'));
      await stores.idempotency.release('a');
      expect(await claim('a')).toMatchObject({ kind: 'known' });
      await stores.idempotency.release('never claimed');
      await stores.idempotency.answer('never claimed', Buffer.from('no'));
      expect(await claim('never claimed')).toEqual({ kind: 'new' });
    });

    test('what is too old counts as none, and is purged', async () => {
      await claim('a', NOW);
      await claim('b', NOW + 1);
      expect(await claim('a', NOW + DAY)).toMatchObject({ kind: 'known' });
      expect(await stores.idempotency.purge(NOW)).toBe(0);
      expect(await stores.idempotency.purge(NOW + 1)).toBe(1);
      expect(await claim('a', NOW + 2)).toEqual({ kind: 'new' });
      expect(await claim('b', NOW + 2 + DAY)).toEqual({ kind: 'new' });
    });

    testShared(backend)('another replica is no second first', async () => {
      const other = await place.open('two');
      const claims = await Promise.all([
        claim('a'),
        other.idempotency.claim({ id: 'a', digest: 'd', atMs: NOW }, NOW - DAY),
      ]);
      expect(claims.map(({ kind }) => kind).toSorted()).toEqual(['known', 'new']);
      await other.close();
    });
  });
}
