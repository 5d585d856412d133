/** The bound against patterns whose matches are known, and against whatever RE2 itself matches. */
import fc from 'fast-check';
import { RE2JS } from 're2js';
import { expect, test } from 'vitest';
import { longestMatch } from './longest-match.ts';

test.each<[string, number]>([
  ['abc', 6],
  ['INC-[0-9]{6,10}', 28],
  ['a|bcd|ef', 6],
  ['(?:ab){3}c?', 14],
  ['(?P<name>x)(y)', 4],
  [String.raw`\bfoo\b`, 6],
  [String.raw`^\d{3}-\d{2}$`, 12],
  [String.raw`[]a\]-]{2}\x41\x{1F600}\p{Lu}\pL`, 12],
  ['[[:alpha:]x]{4}', 8],
  [String.raw`a\.b\-c`, 10],
  ['', 0],
  ['a*', Infinity],
  ['(a+)b', Infinity],
  ['a{2,}', Infinity],
  ['(?i)abc', Infinity],
  ['(?i:abc)', Infinity],
  [String.raw`\Qa*\E`, Infinity],
  [String.raw`\101`, Infinity],
  ['a)', Infinity],
])('%j matches at most %d units', (source, longest) => {
  expect(longestMatch(source)).toBe(longest);
});

test('no match that RE2 finds is longer', () => {
  const leaf = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '[^a]',
    '\\d',
    '\\W',
    '\\b',
    'a{2}',
    'b{1,3}',
    'a?',
    '😀',
    '\\.',
    '(?:ab|b)',
    'b*',
  );
  const piece = fc.oneof(
    leaf,
    fc.array(leaf, { minLength: 1, maxLength: 3 }).map((leaves) => `(${leaves.join('|')}){1,2}`),
  );
  const text = fc.array(fc.constantFrom('a', 'b', '1', ' ', '.', '😀', 'ab'), { maxLength: 30 });
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 5 }), text, (pieces, characters) => {
      const source = pieces.join('');
      const matcher = RE2JS.compile(source).matcher(characters.join(''));
      const bound = longestMatch(source);
      while (matcher.find()) expect(matcher.end() - matcher.start()).toBeLessThanOrEqual(bound);
    }),
    { numRuns: 2_000 },
  );
});
