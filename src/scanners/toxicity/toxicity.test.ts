import { describe, expect, test } from 'vitest';
import type { Scanner, Sighting } from '../../modules/scanning/scanner.ts';
import { loadHarmModels } from './harm-models.ts';
import { toxicity } from './toxicity.ts';

const PLACE = { direction: 'request', role: 'user', channel: 'user' } as const;
const THREAT = 'I know where you live and tonight I will slit your throat, you will bleed.';

function seen(text: string, config: object = {}, kinds: readonly string[] = []): readonly Sighting[] {
  const scanners: readonly Scanner[] = [toxicity.create(toxicity.config.parse(config), kinds)].flat();
  return scanners.flatMap((scanner) => {
    const sightings = scanner.scan(text, 0, PLACE, true, Infinity);
    if (sightings instanceof Promise) throw new Error('this scanner answers at once');
    return sightings;
  });
}

describe('toxicity', () => {
  test('is surer of the same text the more false alarms are accepted', () => {
    const confidences = [0.001, 0.005, 0.01, 0.05].map(
      (max_false_positive_rate) => seen(THREAT, { max_false_positive_rate })[0]?.confidence ?? 0,
    );
    expect(confidences).toEqual(confidences.toSorted((a, b) => a - b));
    expect(confidences[3]).toBeGreaterThan(confidences[0] ?? 1);
  });

  test('takes the strictest measured threshold that keeps what was promised', () => {
    expect(seen(THREAT, { max_false_positive_rate: 0.004 })).toEqual(
      seen(THREAT, { max_false_positive_rate: 0.002 }),
    );
  });

  test('tells of the kinds that are asked for, and another kind does not hide them', () => {
    expect(seen(THREAT)[0]?.kind).toBe('THREAT');
    const asked = seen(THREAT, {}, ['THREAT']);
    expect(asked).toEqual(seen(THREAT));
    expect(seen(THREAT, {}, ['SEXUAL']).every(({ kind }) => kind === 'SEXUAL')).toBe(true);
  });

  test('lets swearing pass unless it is asked for, by configuration or by name', () => {
    const text = 'What a fucking great concert.';
    expect(seen(text).filter(({ confidence }) => confidence >= 0.5)).toEqual([]);
    const profanity = { kind: 'PROFANITY', start: 0, end: text.length, confidence: 0.9 };
    expect(seen(text, { profanity: true })).toContainEqual(profanity);
    expect(seen(text, {}, ['PROFANITY'])).toEqual([profanity]);
  });

  test('ships thresholds that rise as the accepted rate falls, each within its interval', () => {
    const { calibrations } = loadHarmModels();
    const thresholds = calibrations.map(({ threshold }) => threshold);
    expect(thresholds).toEqual(thresholds.toSorted((a, b) => b - a));
    for (const { rate, measured, low, high } of calibrations) {
      expect(measured).toBeLessThanOrEqual(rate);
      expect(rate).toBeGreaterThanOrEqual(low);
      expect(rate).toBeLessThanOrEqual(high);
    }
  });

  test.each([
    ['one letter', 'a'.repeat(1_000_000)],
    ['insults', 'you idiot '.repeat(100_000)],
    ['full stops', '. '.repeat(500_000)],
    ['swearing that never ends', 'motherfuck'.repeat(100_000)],
    ['marks that combine', `e${'\u0301'.repeat(1_000_000)}`],
  ])('takes time in proportion to a megabyte of %s', { retry: 2 }, (_, text) => {
    const startedMs = performance.now();
    seen(text, { profanity: true });
    expect(performance.now() - startedMs).toBeLessThan(4_000);
  });
});
