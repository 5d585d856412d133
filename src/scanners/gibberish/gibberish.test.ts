import { describe, expect, test } from 'vitest';
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { gibberish } from './gibberish.ts';
import { languageModel } from './language-model.ts';

const PLACE = { direction: 'request', role: 'user', channel: 'user' } as const;
const MASH = 'wqoeiru zxmcnb lkjasdf qpwoei mznxbv';

function seen(text: string, kinds: readonly string[] = []): readonly Sighting[] {
  return [gibberish.create({}, kinds)].flat().flatMap((scanner) => {
    const sightings = scanner.scan(text, 0, PLACE, true, Infinity);
    if (sightings instanceof Promise) throw new Error('this scanner answers at once');
    return sightings;
  });
}

describe('gibberish', () => {
  test('is sighted where it stands, without the words around it', () => {
    const text = `Please translate this: ${MASH}. Thank you very much for your help with this.`;
    const [sighting] = seen(text);
    expect(sighting).toMatchObject({ kind: 'GIBBERISH', start: text.indexOf(MASH) });
    expect(text.slice(sighting?.start, sighting?.end)).toBe(MASH);
  });

  test('is surer the longer it goes on', () => {
    const [short] = seen(MASH);
    const [long] = seen(`${MASH} ${MASH}`);
    expect(long?.confidence).toBeGreaterThan(short?.confidence ?? 1);
    expect(long?.confidence).toBeLessThan(1);
  });

  test('is not told of where nobody asks for its kind', () => {
    expect(seen(MASH, ['ADVERSARIAL_SUFFIX'])).toEqual([]);
  });

  test('is nothing that can be told in a passage with letters of other languages', () => {
    expect(seen(`${MASH} źdźbło`)).toEqual([]);
  });

  test('is not looked for with half a model', () => {
    expect(() => languageModel(new Uint8Array(1_000))).toThrow('weights.bin has 1000 bytes');
  });

  test.each([
    ['one letter', 'a'.repeat(1_000_000)],
    ['capitals and small letters', 'aA'.repeat(500_000)],
    ['brackets', ']('.repeat(500_000)],
    ['spaces', ' '.repeat(1_000_000)],
    ['glued tokens', 'give**Me]('.repeat(100_000)],
    ['backslashes', '\\'.repeat(1_000_000)],
    ['quotation marks', 'a""""""""""""""""""""'.repeat(50_000)],
  ])('takes time in proportion to a megabyte of %s', { retry: 2 }, (_, text) => {
    const startedMs = performance.now();
    seen(text);
    expect(performance.now() - startedMs).toBeLessThan(4_000);
  });
});
