import { describe, expect, test } from 'vitest';
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { language } from './language.ts';
import { languageProfiles, loadLanguageProfiles } from './language-profiles.ts';
import { mainScript } from './scripts.ts';

const PLACE = { direction: 'request', role: 'user', channel: 'user' } as const;
const GERMAN = 'Wir haben gestern lange auf den Bus gewartet, weil es so stark geregnet hat.';
const SPANISH = 'Ayer esperamos mucho tiempo el autobús porque estaba lloviendo con fuerza.';

function seen(text: string, config: object = {}, kinds: readonly string[] = []): readonly Sighting[] {
  return [language.create(language.config.parse(config), kinds)].flat().flatMap((scanner) => {
    const sightings = scanner.scan(text, 0, PLACE, true, Infinity);
    if (sightings instanceof Promise) throw new Error('this scanner answers at once');
    return sightings.filter(({ confidence }) => confidence >= 0.5);
  });
}

describe('language', () => {
  test('tells each sentence that is not in an allowed language, where it stands', () => {
    const text = `${GERMAN} ${SPANISH}`;
    expect(seen(text, { allowed: ['de'] })).toMatchObject([
      { kind: 'es', start: GERMAN.length + 1, end: text.length },
    ]);
    expect(seen(text, { allowed: ['de', 'es'] })).toEqual([]);
    expect(seen(text).map(({ kind }) => kind)).toEqual(['de', 'es']);
  });

  test('tells English too, where it is not allowed', () => {
    const text = 'We waited a long time for the bus yesterday, because it was raining so hard.';
    expect(seen(text, { allowed: ['de'] }).map(({ kind }) => kind)).toEqual(['en']);
  });

  test('tells of the kinds alone that are asked for', () => {
    expect(seen(GERMAN, {}, ['fr'])).toEqual([]);
    expect(seen(GERMAN, {}, ['de'])).toHaveLength(1);
  });

  test('takes a language of another script for what it is, whatever is allowed', () => {
    expect(seen('Θα ήθελα να μάθω πότε φεύγει το τρένο για τη Θεσσαλονίκη.').map(({ kind }) => kind)).toEqual(
      ['el'],
    );
  });

  test('cannot be asked to allow what it does not know', () => {
    expect(() => language.config.parse({ allowed: ['german'] })).toThrow('ISO 639-1');
    expect(() => language.config.parse({ allowed: [] })).toThrow();
  });

  test('has a kind for every language it has a profile of', () => {
    for (const { code } of loadLanguageProfiles().languages) expect(language.kinds).toContain(code);
  });

  test('is not looked for with half a model', () => {
    expect(() => languageProfiles(new Uint8Array(100), 40)).toThrow('does not hold the 40 languages');
  });

  test('knows Japanese by its kana, though most of it may be Chinese characters', () => {
    expect(mainScript('東京都庁舎前駅の時刻表')?.script).toBe('ja');
    expect(mainScript('北京大学图书馆开放时间')?.script).toBe('zh');
    expect(mainScript('123 !?')).toBeNull();
  });

  test.each([
    ['one letter', 'a'.repeat(1_000_000)],
    ['words', 'und die '.repeat(125_000)],
    ['apostrophes', "a'".repeat(500_000)],
    ['marks', 'e\u0301'.repeat(500_000)],
    ['Chinese characters', '中'.repeat(1_000_000)],
    ['full stops', 'a. '.repeat(333_333)],
  ])('takes time in proportion to a megabyte of %s', { retry: 2 }, (_, text) => {
    const startedMs = performance.now();
    seen(text);
    expect(performance.now() - startedMs).toBeLessThan(4_000);
  });
});
