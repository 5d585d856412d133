import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashOf, hintOf, isWellFormed, looksLikeApiKey, newApiKey } from './api-key.ts';

test('a new key has the form that scanners look for, and no two are alike', () => {
  const keys = Array.from({ length: 1_000 }, newApiKey);
  expect(new Set(keys).size).toBe(1_000);
  for (const key of keys) {
    expect(key).toMatch(/^bz_[0-9A-Za-z]{49}$/);
    expect(isWellFormed(key)).toBe(true);
    expect(looksLikeApiKey(key)).toBe(true);
  }
});

test('every character of the alphabet comes up about as often', () => {
  const counts = new Map<string, number>();
  const text = Array.from({ length: 2_000 }, () => newApiKey().slice(3, 46)).join('');
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const expected = text.length / 62;
  expect(counts.size).toBe(62);
  // Six standard deviations.
  for (const count of counts.values())
    expect(Math.abs(count - expected)).toBeLessThan(6 * Math.sqrt(expected));
});

test('one wrong character anywhere is noticed without a look-up', () => {
  const key = newApiKey();
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: key.length - 1 }),
      fc.constantFrom('0', 'a', 'Z', '_', '-'),
      (at, character) => {
        fc.pre(key[at] !== character);
        expect(isWellFormed(key.slice(0, at) + character + key.slice(at + 1))).toBe(false);
      },
    ),
  );
});

test.each([
  '',
  'bz_',
  'sk-abc',
  `bz_${'a'.repeat(49)}`,
  `${newApiKey()} `,
  ` ${newApiKey()}`,
  newApiKey().toUpperCase(),
  newApiKey().slice(0, -1),
])('%j is no key', (text) => expect(isWellFormed(text)).toBe(false));

test('what is stored and shown of a key does not give it away', () => {
  const key = newApiKey();
  expect(hashOf(key)).toMatch(/^[0-9a-f]{64}$/);
  expect(hintOf(key)).toBe(key.slice(0, 7));
});
