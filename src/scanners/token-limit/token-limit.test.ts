import fc from 'fast-check';
import { expect, test } from 'vitest';
import { estimateTokens } from '../../domain/token-estimate.ts';
import type { Scanner, Sighting } from '../../modules/scanning/scanner.ts';
import { tokenLimit } from './token-limit.ts';

const PLACE = { direction: 'request', role: 'user', channel: 'user' } as const;
const WORDS = 'the house on the hill has 12 windows, a door — and no roof; 屋根がない。 ';

function created(max_tokens: number): Scanner {
  return [tokenLimit.create({ max_tokens }, [])].flat()[0] as Scanner;
}

function scan(text: string, maxTokens: number, from = 0): readonly Sighting[] {
  return created(maxTokens).scan(text, from, PLACE, true, Infinity) as readonly Sighting[];
}

test('a text is told from the character with which it has more tokens than allowed', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.integer({ min: 1, max: 200 }),
      (part, max) => {
        const text = part + WORDS.repeat(3) + part;
        const [first] = scan(text, max);
        if (!first) expect(estimateTokens(text)).toBeLessThanOrEqual(max);
        else {
          expect(estimateTokens(text.slice(0, first.start))).toBeLessThanOrEqual(max);
          expect(estimateTokens(text.slice(0, first.start + 2))).toBeGreaterThan(max);
        }
      },
    ),
  );
});

test('what is told goes from there to the end, in pieces without gaps that cut no character', () => {
  const text = '😀'.repeat(10_001);
  const found = scan(text, 1);
  expect(found.length).toBeGreaterThan(1);
  expect(found.at(-1)?.end).toBe(text.length);
  for (const [index, { end }] of found.slice(0, -1).entries()) expect(found[index + 1]?.start).toBe(end);
  expect(found.every(({ start }) => start % 2 === 0)).toBe(true);
});

test('sixty characters are always more than a token, and one is never more than six', () => {
  const kinds = [' ', 'a', 'A', '1', '\n', '.', 'é', 'я', '屋', '\u200b', '\ud800'];
  for (const a of kinds)
    for (const b of kinds) {
      expect(estimateTokens((a + b).repeat(3_000))).toBeGreaterThan((2 * 3_000) / 60);
      expect(estimateTokens((a + b).repeat(3_000))).toBeLessThan(2 * 3_000 * 6);
    }
});

test('from beyond its reach on, all is too much', () => {
  const text = ' '.repeat(1_000);
  expect(scan(text, 5, created(5).reach)[0]?.start).toBe(created(5).reach);
});

test('the cost is that of the limit, not that of the text', () => {
  const text = 'word '.repeat(2_000_000);
  const began = performance.now();
  scan(text, 1_000);
  expect(performance.now() - began).toBeLessThan(1_000);
});
