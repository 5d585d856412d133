import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { areaInterval, areaUnderCurve, fScore, recallAtFalsePositiveRate, shareOf } from './statistics.ts';

describe('a share', () => {
  test.each([
    [0, 10, 0, 0.2775],
    [10, 10, 0.7225, 1],
    [50, 100, 0.4038, 0.5962],
    [1, 1_000, 0.0002, 0.0056],
  ])('of %i in %i lies between %d and %d', (count, of, low, high) => {
    const share = shareOf(count, of);
    expect(share.low).toBeCloseTo(low, 3);
    expect(share.high).toBeCloseTo(high, 3);
  });

  test('of nothing is anything', () => {
    expect(shareOf(0, 0)).toMatchObject({ low: 0, high: 1, of: 0 });
  });
});

test.each([
  [1, 1, 1, 1],
  [0.5, 1, 1, 0.6667],
  [0.5, 1, 2, 0.8333],
  [0, 0, 1, 0],
])('precision %d and recall %d make F%d %d', (precision, recall, beta, expected) => {
  expect(fScore(precision, recall, beta)).toBeCloseTo(expected, 4);
});

describe('the area under the curve', () => {
  test('is what counting all pairs gives', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(scores, scores, (positives, negatives) => {
        let sum = 0;
        for (const a of positives) for (const b of negatives) sum += a > b ? 1 : a === b ? 0.5 : 0;
        const area = areaUnderCurve(positives, negatives);
        expect(area).toBeCloseTo(sum / positives.length / negatives.length, 9);
        const { low, high } = areaInterval(area, positives.length, negatives.length);
        expect(low).toBeLessThanOrEqual(area);
        expect(high).toBeGreaterThanOrEqual(area);
      }),
    );
  });

  test('of one sort alone is unknown', () => {
    expect(areaUnderCurve([], [1])).toBeNaN();
  });
});

test('recall at a rate of false positives lets no more negatives through than that', () => {
  const negatives = Array.from({ length: 100 }, (_, index) => index / 100);
  expect(recallAtFalsePositiveRate([0.985, 0.5, 0.999], negatives, 0.01).value).toBeCloseTo(2 / 3);
  expect(recallAtFalsePositiveRate([1], [], 0.01).value).toBe(1);
});
