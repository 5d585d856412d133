import { expect, test } from 'vitest';
import { remembering } from './remembering.ts';

const sighting = { start: 8, end: 14, kind: 'AGE', confidence: 1 };

/** Looks that are counted. */
function counted() {
  const looks: number[] = [];
  const memory = remembering((_text, _from, until) => {
    looks.push(until);
    return [sighting];
  });
  return { looks, ...memory };
}

test('what was seen while a text was settled is told without another look', () => {
  const { looks, look, lookAgain } = counted();
  look('a text of some length', 0, 10);
  expect(lookAgain('a text of some length', 0, 14)).toEqual([sighting]);
  expect(looks).toEqual([10]);
});

test.each([
  ['further on', 'a text of some length', 0, 15],
  ['from elsewhere', 'a text of some length', 1, 14],
  ['in another text', 'a text of other length', 0, 14],
  ['in all of it', 'a text of some length', 0, Infinity],
])('it is looked again %s', (_, text, from, until) => {
  const { looks, look, lookAgain } = counted();
  look('a text of some length', 0, 10);
  lookAgain(text, from, until);
  expect(looks).toEqual([10, until]);
});
