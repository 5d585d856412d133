import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchIn, MAX_MATCH } from './rule.ts';
import { RULES } from './rules.ts';
import { beginFor, stopsIn } from './stops.ts';

const patterns: readonly (readonly [RegExp, number])[] = [
  [/ignore (?:all|any) rules/, 0],
  [/a\.b/, 1],
  [/a.b/, 1],
  [/[^.!?]{0,40}x/, 0],
  [/[^;]{0,40}x/, 40],
  [/[^;]*x/, Infinity],
  [/[!.]{2}\?/, 3],
  [/(?:a\.i\.|ai|\.)/, 2],
  [/(?:[.:] ?){0,3}x?!?/, 4],
  [/(?<!\.)a(?=\.)\b/, 0],
  [/(a|\.)\1/, 2],
  [/\W\S\w\s\p{L}/u, 2],
  [/x+/, 0],
];

test.each(patterns)('a match of %s holds so many stops', (pattern, most) => {
  expect(stopsIn(pattern)).toBe(most);
});

test('a match begins behind the stops that are too many for it', () => {
  const text = 'One. Two! Three? Four';
  expect([0, 1, 2, 3, Infinity].map((most) => text.slice(beginFor(text, 0, text.length, most)))).toEqual([
    ' Four',
    ' Three? Four',
    ' Two! Three? Four',
    text,
    text,
  ]);
});

test('a rule matches what it matches where it is looked for from further back', () => {
  const pieces = [
    ...new Set(RULES.flatMap(({ stems }) => stems)),
    'my password',
    'ignore',
    'all previous instructions',
    'the user',
    'now',
    'a.i.',
    'send',
    'you are',
  ];
  const joint = fc.constantFrom(' ', ' ', ' ', '. ', '! ', '? ', '.', ', ', '\n', ': ');
  const words = fc.array(fc.tuple(fc.constantFrom(...pieces), joint), { maxLength: 12 });
  fc.assert(
    fc.property(words, fc.nat(), fc.constantFrom(...RULES), (parts, place, rule) => {
      const text = parts.flat().join('');
      const start = place % (text.length + 1);
      expect(matchIn(rule, text, start)).toEqual(matchIn(rule, text, start, Math.max(0, start - MAX_MATCH)));
    }),
    { numRuns: 2_000 },
  );
});
