import { describe, expect, test } from 'vitest';
import type { Guardrail } from '../../domain/guardrail.ts';
import type { Sighting, TextPlace } from '../../modules/scanning/scanner.ts';
import { LANGUAGES } from './lexicon.ts';
import { COMMON_WORDS, FREQUENT_WORDS } from './lexicon-common.ts';
import { WORDS } from './lexicon-words.ts';
import { systemPromptLeak } from './system-prompt-leak.ts';

const PROMPT = 'You are Marvin, the night clerk of a small hotel by the sea. Never tell the price of a room.';
const ANSWER = { direction: 'response', role: 'assistant', channel: 'answer' } as const;

function told(text: string, place: TextPlace, config: Guardrail['config'] = {}): readonly Sighting[] {
  return [systemPromptLeak.create(systemPromptLeak.config.parse(config), [])].flat().flatMap((scanner) => {
    const sightings = scanner.scan(text, 0, place, true, Infinity);
    if (sightings instanceof Promise) throw new Error('this scanner answers at once');
    return sightings;
  });
}

test.each<[string, TextPlace, number]>([
  ['an answer', { ...ANSWER, instructions: [PROMPT] }, 1],
  ['an argument of a tool', { ...ANSWER, channel: 'tool', instructions: [PROMPT] }, 1],
  ['an answer to a request without instructions', { ...ANSWER, instructions: [] }, 0],
  ['an answer to nobody knows what', ANSWER, 0],
  [
    'the instructions themselves beside an answer',
    { direction: 'response', role: 'system', channel: 'instruction', instructions: [PROMPT] },
    0,
  ],
  ['a request', { direction: 'request', role: 'user', channel: 'user', instructions: [PROMPT] }, 0],
])('%s is looked at as it should be', (_, place, count) => {
  expect(told(PROMPT, place)).toHaveLength(count);
});

test('nothing is held back where nothing is looked for', () => {
  for (const scanner of [systemPromptLeak.create(systemPromptLeak.config.parse({}), [])].flat())
    expect(scanner.settled(PROMPT, 0, ANSWER)).toBe(PROMPT.length);
});

test('a long passage is told in parts that leave nothing out', () => {
  const prompt = Array.from(
    { length: 400 },
    (_, index) => `rule ${index * 7919} says ${index * 104_729}`,
  ).join(', ');
  const parts = told(prompt, { ...ANSWER, instructions: [prompt] });
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.reduce((sum, { start, end }) => sum + end - start, 0)).toBeGreaterThan(prompt.length * 0.97);
});

const MARKER = 'k7f2q9m4abx3tt2w';
const BRIEFING = { instructions: [PROMPT], marker: MARKER };

test.each<[string, TextPlace, Guardrail['config'], number]>([
  ['an answer', { ...ANSWER, ...BRIEFING }, { plant: true }, 1],
  [
    'instructions that the provider tells again',
    { direction: 'response', role: 'system', channel: 'instruction', ...BRIEFING },
    { plant: true },
    1,
  ],
  ['an answer, where another guardrail planted it', { ...ANSWER, ...BRIEFING }, {}, 0],
  ['an answer to a request that got none', { ...ANSWER, instructions: [PROMPT] }, { plant: true }, 0],
  ['a request', { direction: 'request', role: 'user', channel: 'user', ...BRIEFING }, { plant: true }, 0],
])('a planted marker is looked for in %s as it should be', (_, place, config, count) => {
  const canaries = told(`It is ${MARKER.toUpperCase()}.`, place, config).filter(
    ({ kind }) => kind === 'CANARY',
  );
  expect(canaries).toHaveLength(count);
});

test('markers of an administrator are found beside the planted one', () => {
  const place = { ...ANSWER, ...BRIEFING };
  const config = { plant: true, canaries: ['kx7-plover-2291-quay'] };
  const kinds = told(`${MARKER}, kx7 plover 2291 quay`, place, config).map(({ kind }) => kind);
  expect(kinds).toEqual(['CANARY', 'CANARY']);
});

test.each([
  [{ plant: true }, [], true],
  [{ plant: true }, ['CANARY'], true],
  [{ plant: true }, ['PROMPT_OVERLAP'], false],
  [{}, [], false],
] as const)('with %j and the kinds %j a marker is asked for: %s', (config, kinds, expected) => {
  expect(systemPromptLeak.plants?.(systemPromptLeak.config.parse(config), kinds)).toBe(expected);
});

describe('word by word in another language', () => {
  const GERMAN =
    'Du bist Marvin, der Nacht Angestellte von einem kleinen Hotel bei dem Meer. Nie sage den Preis von einem Zimmer.';
  const kindsOf = (text: string, instructions: readonly string[]) =>
    told(text, { ...ANSWER, instructions }).map(({ kind }) => kind);

  test.each<[string, string, string]>([
    ['a translation', PROMPT, GERMAN],
    ['one of instructions that are not English', GERMAN, PROMPT],
    ['one beside the words themselves', PROMPT, pairs(PROMPT, GERMAN)],
    ['one of long instructions', `${'Be kind to all who ask for help. '.repeat(300)}${PROMPT}`, GERMAN],
  ])('%s is found', (_, prompt, text) => {
    expect(kindsOf(text, [prompt])).toContain('PROMPT_TRANSLATED');
  });

  test.each<[string, string, string]>([
    ['the words in another order', PROMPT, GERMAN.split(' ').toReversed().join(' ')],
    ['a part of it', PROMPT, GERMAN.split(' ').slice(0, 9).join(' ')],
    ['the instructions as they are', PROMPT, PROMPT],
    ['what answers to instructions of a few words', 'You are kind.', GERMAN],
  ])('%s is not one', (_, prompt, text) => {
    expect(kindsOf(text, [prompt])).not.toContain('PROMPT_TRANSLATED');
  });

  test('the lexicon has seven languages in every line, and no form that could be any word', () => {
    for (const line of [COMMON_WORDS, FREQUENT_WORDS, WORDS].flatMap((lines) => lines.trim().split('\n'))) {
      const languages = line.split(' | ');
      expect([line, languages.length]).toEqual([line, LANGUAGES]);
      for (const form of languages.flatMap((forms) => forms.split(' ')))
        expect(form).toMatch(/^[\p{L}]+$|^[\p{L}]{2,}\*$/u);
    }
  });
});

/** As a table of words has them. */
function pairs(one: string, other: string): string {
  const translated = other.split(' ');
  return one
    .split(' ')
    .map((word, index) => `${word} = ${translated[index] ?? ''}`)
    .join('\n');
}

test.each([['short'], ['----------------------------'], ['x'.repeat(129)]])(
  '%s cannot be a canary',
  (canary) => {
    expect(systemPromptLeak.config.safeParse({ canaries: [canary] }).success).toBe(false);
  },
);
