/** Captured texts are found wherever they stand, and marked where something was found. */
import { describe, expect, test } from 'vitest';
import { capturedIn, highlightsIn } from './captured-texts.ts';
import type { PlacedFinding } from './findings.tsx';

function finding(change: Partial<PlacedFinding> = {}): PlacedFinding {
  return {
    direction: 'request',
    guardrail: 'personal-data',
    scanner: 'pii',
    kind: 'EMAIL_ADDRESS',
    pointer: '/messages/0/content',
    start: 6,
    end: 21,
    confidence: 1,
    ...change,
  };
}

describe('texts of what was captured', () => {
  test('have their places and roles', () => {
    const { texts } = capturedIn({
      request: { model: 'm', messages: [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }] },
      answer: [{ id: 'x', choices: [{ message: { role: 'assistant', content: 'hi' } }] }],
      truncated: false,
    });
    expect(texts).toEqual([
      { direction: 'request', pointer: '/messages/0/content/0/text', role: 'user', text: 'hello' },
      { direction: 'response', pointer: '/choices/0/message/content', role: 'assistant', text: 'hi' },
    ]);
  });

  test.each([
    [
      'OpenAI',
      [{ choices: [{ delta: { content: 'he' } }] }, { choices: [{ delta: { content: 'llo' } }] }],
      ['hello'],
    ],
    [
      'Anthropic',
      [
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'one' } },
        { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'two' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: ' more' } },
      ],
      ['one more', 'two'],
    ],
  ])('of a stream of %s are put together', (_, answer, said) => {
    const { texts } = capturedIn({ request: {}, answer });
    expect(texts.map(({ text }) => text)).toEqual(said);
  });

  test.each([[null], ['text'], [[]], [{ request: 7, answer: 'x' }]])(
    'of nonsense are none: %j',
    (content) => {
      expect(capturedIn(content).texts.length).toBeLessThan(2);
    },
  );

  test('of depth without end are given up', () => {
    let deep: unknown = 'text';
    for (let depth = 0; depth < 5_000; depth++) deep = [deep];
    expect(capturedIn({ request: deep, answer: [] }).texts).toEqual([]);
  });
});

describe('highlights', () => {
  const at = { direction: 'request', pointer: '/messages/0/content', role: 'user' } as const;
  test.each([
    ['stand at their offsets', 'I am  ada@example.com', finding(), [[6, 21]]],
    ['are of the same place alone', 'I am  ada@example.com', finding({ pointer: '/messages/1/content' }), []],
    ['are left out beyond the text', 'short', finding(), []],
    ['are of stand-ins where the text was rewritten', 'I am <EMAIL_ADDRESS_ab12>', finding(), [[5, 25]]],
    [
      'know no names that clients made up',
      'I am  ada@example.com',
      finding({ pointer: '/*/0/content' }),
      [[6, 21]],
    ],
  ])('%s', (_, text, found, places) => {
    expect(highlightsIn({ ...at, text }, [found]).map(({ from, to }) => [from, to])).toEqual(places);
  });
});
