import fc from 'fast-check';
import { expect, test } from 'vitest';
import { takeFromNeighbours, type Midnight } from './midnights.ts';

const small = fc.integer({ min: 0, max: 3 });
const week = fc.array(fc.record({ rest: fc.integer({ min: -3, max: 3 }), forward: small, back: small }), {
  minLength: 1,
  maxLength: 5,
});
type Week = typeof week extends fc.Arbitrary<infer T> ? T : never;

function settled(days: Week): readonly number[] {
  const rest = new Map(days.map((day, i) => [i, day.rest]));
  const midnights = new Map<number, Midnight>(days.map(({ forward, back }, i) => [i, { forward, back }]));
  for (const day of rest.keys()) takeFromNeighbours(rest, midnights, day);
  return [...rest.values()];
}

/** The least that any choice of moves leaves unexplained, every choice tried. */
function least([first, ...others]: Week, moved = 0): number {
  if (first === undefined) return 0;
  const rest = first.rest - moved;
  if (others.length === 0) return Math.max(0, rest);
  let best = Infinity;
  for (let over = -first.back; over <= first.forward; over++)
    best = Math.min(best, Math.max(0, rest + over) + least(others, over));
  return best;
}

const unexplained = (days: readonly number[]) => days.reduce((sum, day) => sum + Math.max(0, day), 0);

test('no choice of moves leaves less unexplained, and none is made up', () => {
  fc.assert(
    fc.property(week, (days) => {
      const told = settled(days);
      expect(unexplained(told)).toBe(least(days));
      const sum = (all: readonly number[]) => all.reduce((total, day) => total + day, 0);
      expect(sum(told)).toBe(sum(days.map(({ rest }) => rest)));
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  [
    'nothing moves at noon',
    [
      [-1, 0, 0],
      [1, 0, 0],
    ],
    [-1, 1],
  ],
  [
    'a late call moves on',
    [
      [-1, 1, 0],
      [1, 0, 0],
    ],
    [0, 0],
  ],
  [
    'a clock that is behind moves it back',
    [
      [1, 0, 1],
      [-1, 0, 0],
    ],
    [0, 0],
  ],
  [
    'each of a chain moves by one day',
    [
      [-1, 1, 0],
      [0, 1, 0],
      [1, 0, 0],
    ],
    [0, 0, 0],
  ],
  [
    'a lack stays where it is, where nothing is too much',
    [
      [-2, 2, 2],
      [0, 2, 2],
    ],
    [-2, 0],
  ],
] as const)('%s', (_, days, expected) => {
  expect(settled(days.map(([rest, forward, back]) => ({ rest, forward, back })))).toEqual(expected);
});
