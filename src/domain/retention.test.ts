import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { after, cutOff, formatDuration, isAtLeast, parseDuration, type Duration } from './retention.ts';

const at = (text: string) => Date.parse(text);
const DAY = 86_400_000;
const moments = fc.integer({ min: at('1990-01-01'), max: at('2099-12-31') });
const durations: fc.Arbitrary<Duration> = fc.record({
  count: fc.integer({ min: 1, max: 400 }),
  unit: fc.constantFrom('day', 'week', 'month', 'year'),
});

test.each([
  ['2026-01-31', '1 month', '2026-02-28'],
  ['2024-01-31', '1 month', '2024-02-29'],
  ['2024-02-29', '1 year', '2025-02-28'],
  ['2024-02-29', '4 years', '2028-02-29'],
  ['2026-08-31', '6 months', '2027-02-28'],
  ['2026-12-31T23:59:59.999Z', '2 months', '2027-02-28T23:59:59.999Z'],
  ['2026-03-28T12:00:00Z', '1 day', '2026-03-29T12:00:00Z'],
  ['2026-11-26', '2 weeks', '2026-12-10'],
])('%s and %s is %s', (start, duration, end) => {
  expect(new Date(after(at(start), parseDuration(duration)))).toEqual(new Date(end));
});

test('six months are 181 to 184 days, save from the end of August', () => {
  const lengths = Array.from({ length: 1_461 }, (_, day) => {
    const start = at('2024-01-01') + day * DAY;
    return (after(start, { count: 6, unit: 'month' }) - start) / DAY;
  });
  expect(Math.max(...lengths)).toBe(184);
  // 31 August to 28 February: the month's end clamps.
  expect(Math.min(...lengths)).toBe(181);
});

describe('a duration', () => {
  test('never ends earlier for what began later, and always later than it began', () => {
    fc.assert(
      fc.property(moments, moments, durations, (one, other, duration) => {
        const [first, second] = one < other ? [one, other] : [other, one];
        expect(after(first, duration)).toBeLessThanOrEqual(after(second, duration));
        expect(after(first, duration)).toBeGreaterThan(first);
      }),
    );
  });

  test('keeps the time of day, and the day where the month has it', () => {
    fc.assert(
      fc.property(moments, durations, (start, duration) => {
        const [from, to] = [new Date(start), new Date(after(start, duration))];
        expect(to.toISOString().slice(10)).toBe(from.toISOString().slice(10));
        if (duration.unit === 'month' || duration.unit === 'year') {
          const isLast = new Date(to.getTime() + DAY).getUTCDate() === 1;
          expect(
            to.getUTCDate() === from.getUTCDate() || (isLast && to.getUTCDate() < from.getUTCDate()),
          ).toBe(true);
        }
      }),
    );
  });

  test('has passed exactly for what began before its cut-off', () => {
    fc.assert(
      fc.property(moments, durations, (now, duration) => {
        const cut = cutOff(now, duration);
        expect(after(cut - 1, duration)).toBeLessThanOrEqual(now);
        expect(after(cut, duration)).toBeGreaterThan(now);
      }),
    );
  });

  test.each([
    ['6 months', '6 months', true],
    ['180 days', '6 months', false],
    ['183 days', '6 months', false],
    ['184 days', '6 months', true],
    ['12 months', '1 year', true],
    ['1 year', '12 months', true],
    ['365 days', '1 year', false],
    ['366 days', '1 year', true],
    ['4 weeks', '1 month', false],
  ])('%s are at least %s: %s', (one, other, expected) => {
    expect(isAtLeast(parseDuration(one), parseDuration(other))).toBe(expected);
  });

  test('is written as it is read, and nothing else is one', () => {
    for (const text of ['1 day', '30 days', '6 months', '1 year'])
      expect(formatDuration(parseDuration(text))).toBe(text);
    for (const text of ['', '0 days', '-1 day', '1.5 years', '6 mo', 'P6M', '99999 days', '6  months'])
      expect(() => parseDuration(text)).toThrow(/is no duration/);
  });
});
