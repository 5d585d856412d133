import fc from 'fast-check';
import { expect, test } from 'vitest';
import { codePointIn } from './code-point.ts';

/** As often as makes a function warm enough for every compiler of the engine. */
const WARM = 100_000;

test('a slice that ends within a pair ends in a lone surrogate, however often it is asked', () => {
  const cut = `${'a'.repeat(64)}\u{e0041}b`.slice(0, 65);
  const seen = new Set<number | undefined>();
  for (let times = 0; times < WARM; times++) seen.add(codePointIn(cut, 64));
  expect([...seen]).toEqual([0xdb40]);
});

test('within a text it gives what the language says', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(40), (text, at) => {
      expect(codePointIn(text, at)).toBe(Array.from(text.slice(at))[0]?.codePointAt(0));
    }),
  );
});
