import { expect, test } from 'vitest';
import type { Guardrail } from '../../domain/guardrail.ts';
import type { Sighting, TextPlace } from '../../modules/scanning/scanner.ts';
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

test.each([['short'], ['----------------------------'], ['x'.repeat(129)]])(
  '%s cannot be a canary',
  (canary) => {
    expect(systemPromptLeak.config.safeParse({ canaries: [canary] }).success).toBe(false);
  },
);
