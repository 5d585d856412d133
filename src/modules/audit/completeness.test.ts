import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createCompletenessCheck, type CountedLeaf } from './completeness.ts';

const beat = (sequence: number, at: number, action = 'gateway.heartbeat', instance = 'a'): CountedLeaf => ({
  index: sequence - 1,
  instance,
  sequence,
  at,
  kind: 'administration',
  action,
  after: '1000',
});
const interaction = (sequence: number, at: number, instance = 'a'): CountedLeaf => ({
  index: sequence - 1,
  instance,
  sequence,
  at,
  kind: 'interaction',
});

function gapsOf(leaves: readonly CountedLeaf[], endMs?: number, fromStart = true) {
  const check = createCompletenessCheck({ fromStart });
  const gaps = leaves.flatMap((leaf) => check.next(leaf));
  return [...gaps, ...(endMs === undefined ? [] : check.end(endMs))].map(({ kind, index }) => [kind, index]);
}

const STARTED = beat(1, 0, 'gateway.started');

describe('a log', () => {
  test.each<[string, readonly CountedLeaf[], number | undefined, readonly unknown[]]>([
    ['without a gap is whole', [STARTED, interaction(2, 10), beat(3, 1_000)], 2_000, []],
    ['that lacks a counter', [STARTED, beat(3, 1_000)], 1_000, [['missing_counter', 2]]],
    ['that lacks its beginning', [beat(2, 1_000)], 1_000, [['missing_counter', 1]]],
    ['that counts twice', [STARTED, { ...beat(2, 5), sequence: 1, index: 1 }], 10, [['repeated_counter', 1]]],
    ['that is silent between heartbeats', [STARTED, beat(2, 2_600)], 2_600, [['silence', 1]]],
    ['whose heartbeat is late', [STARTED, beat(2, 2_400)], 2_400, []],
    ['that falls silent', [STARTED, beat(2, 1_000)], 9_000, [['silence', 1]]],
    ['that stops with a word', [STARTED, beat(2, 500, 'gateway.stopped')], 90_000, []],
    ['that starts again after a crash', [STARTED, beat(2, 90_000, 'gateway.started')], 90_000, []],
    [
      'whose clock goes back',
      [beat(1, 9_000, 'gateway.started'), beat(2, 1_000)],
      1_000,
      [['clock_went_back', 1]],
    ],
    [
      'whose requests are recorded after later ones',
      [STARTED, interaction(2, 900), interaction(3, 100)],
      950,
      [],
    ],
  ])('%s', (_, leaves, endMs, expected) => {
    expect(gapsOf(leaves, endMs)).toEqual(expected);
  });

  test('of which a range is looked at may begin anywhere', () => {
    expect(gapsOf([interaction(7, 10), interaction(8, 20)], undefined, false)).toEqual([]);
  });

  test('that lacks any one inner leaf, of any instance, is found out', () => {
    const numbered = fc
      .array(fc.constantFrom('a', 'b', 'c'), { minLength: 3, maxLength: 60 })
      .map((instances) => {
        const counts = new Map<string, number>();
        return instances.map((instance, index) => {
          const sequence = (counts.get(instance) ?? 0) + 1;
          counts.set(instance, sequence);
          return { ...interaction(sequence, index, instance), index };
        });
      });
    fc.assert(
      fc.property(numbered, fc.nat(), (leaves, at) => {
        const gone = at % leaves.length;
        const isLast = !leaves.slice(gone + 1).some(({ instance }) => instance === leaves[gone]?.instance);
        expect(gapsOf(leaves)).toEqual([]);
        expect(gapsOf(leaves.toSpliced(gone, 1))).toHaveLength(isLast ? 0 : 1);
      }),
    );
  });
});
