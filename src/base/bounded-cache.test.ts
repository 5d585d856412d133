import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBoundedCache } from './bounded-cache.ts';

test('never holds more than its bound, and always what was used in the last half of it', () => {
  const operation = fc.tuple(fc.constantFrom('get', 'set'), fc.integer({ min: 0, max: 30 }));
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 20 }),
      fc.array(operation, { maxLength: 200 }),
      (bound, operations) => {
        const cache = createBoundedCache<number>(bound);
        for (const [name, key] of operations) {
          if (name === 'set') cache.set(String(key), key);
          else expect([undefined, key]).toContain(cache.get(String(key)));
          expect(cache.size).toBeLessThanOrEqual(Math.max(2, bound));
        }
        const last = operations.at(-1);
        if (last?.[0] === 'set') expect(cache.get(String(last[1]))).toBe(last[1]);
      },
    ),
  );
});

test('what is deleted or cleared is gone from both generations', () => {
  const cache = createBoundedCache<string>(4);
  for (const key of ['a', 'b', 'c']) cache.set(key, key);
  cache.delete('a');
  expect(cache.get('a')).toBeUndefined();
  cache.clear();
  expect(cache.size).toBe(0);
});
