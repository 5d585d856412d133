/** Captured texts are found wherever they stand, and marked where something was found. */
import { describe, expect, test } from 'vitest';
import { capturedIn, foundIn } from './captured-texts.ts';
import type { PlacedFinding } from './findings.tsx';
import type { Detail } from './interaction-screen.tsx';

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
      {
        direction: 'response',
        pointer: '/choices/0/message/content',
        role: 'assistant',
        text: 'hi',
        window: 'choice:0',
      },
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

const outcome = (
  id: string,
  result: Detail['guardrails'][number]['result'],
  direction: 'request' | 'response' = 'response',
) => ({ id, version: '1', direction, result, findings: 1, failedOpen: false, refused: false });

describe('what was found in a request', () => {
  const at = { direction: 'request', pointer: '/messages/0/content', role: 'user' } as const;
  test.each([
    ['stands at its offsets', 'I am  ada@example.com', finding(), [[6, 21]]],
    ['is of the same place alone', 'I am  ada@example.com', finding({ pointer: '/messages/1/content' }), []],
    ['is left out beyond the text', 'short', finding(), []],
    [
      'knows no names that clients made up',
      'I am  ada@example.com',
      finding({ pointer: '/*/0/content' }),
      [[6, 21]],
    ],
  ])('%s', (_, text, found, places) => {
    const { highlights } = foundIn({ ...at, text }, { placedFindings: [found], guardrails: [], events: {} });
    expect(highlights.map(({ from, to }) => [from, to])).toEqual(places);
  });

  test('is marked with what took its place, and what follows it where that moved it to', () => {
    const text = 'to <EMAIL_ADDRESS_abcdefghij> and bob';
    const placedFindings = [
      finding({ start: 3, end: 18 }),
      finding({ guardrail: 'names', kind: 'PERSON', start: 23, end: 26 }),
    ];
    const guardrails = [
      outcome('personal-data', 'pseudonymize', 'request'),
      outcome('names', 'flag', 'request'),
    ];
    const marked = (shown: string) => {
      const { highlights, unplaced } = foundIn(
        { ...at, text: shown },
        { placedFindings, guardrails, events: {} },
      );
      return [...highlights.map(({ from, to }) => shown.slice(from, to)), unplaced];
    };
    expect(marked(text)).toEqual(['<EMAIL_ADDRESS_abcdefghij>', 'bob', 0]);
    // What the guardrail found is not there, and stand-ins are: where it stood is not known.
    expect(marked('<EMAIL_ADDRESS_abcdefghij> and bob')).toEqual(['<EMAIL_ADDRESS_abcdefghij>', 2]);
    // Captured in full: nothing stands in place of anything.
    expect(marked('to ada@example.com and bob')).toEqual(['ada@example.com', 'bob', 0]);
  });
});

describe('what was found in an answer', () => {
  const marked = (answer: unknown, placedFindings: PlacedFinding[], change: Partial<Detail> = {}) => {
    const { texts } = capturedIn({ request: {}, answer });
    return texts.flatMap((text) => {
      const { highlights, unplaced } = foundIn(text, {
        placedFindings,
        guardrails: [],
        events: {},
        ...change,
      });
      return highlights.length + unplaced === 0
        ? []
        : [[...highlights.map(({ from, to }) => text.text.slice(from, to)), unplaced]];
    });
  };
  const inAnswer = (pointer: string, change: Partial<PlacedFinding> = {}) =>
    finding({ direction: 'response', pointer, start: 3, end: 6, ...change });

  test.each<[string, unknown, string]>([
    ['chat completions', [{ choices: [{ index: 0, message: { content: 'hi ada' } }] }], 'choice:0'],
    [
      'their second choice, in pieces',
      ['hi', ' a', 'da'].map((content) => ({ choices: [{ index: 1, delta: { content } }] })),
      'choice:1',
    ],
    ['their reasoning', [{ choices: [{ delta: { reasoning_content: 'hi ada' } }] }], 'choice:0/reasoning'],
    [
      'their arguments of tools',
      ['hi ', 'ada'].map((text) => ({
        choices: [{ delta: { tool_calls: [{ index: 2, function: { arguments: text } }] } }],
      })),
      'choice:0/tool:2',
    ],
    [
      'messages',
      [
        {
          content: [
            { type: 'thinking', thinking: 'hm' },
            { type: 'text', text: 'hi ada' },
          ],
        },
      ],
      'block:1',
    ],
    [
      'messages, in pieces',
      [
        { type: 'content_block_start', index: 1, content_block: { type: 'text', text: 'hi' } },
        { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'other' } },
        { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: ' ada' } },
      ],
      'block:1',
    ],
    ['Converse', [{ output: { message: { content: [{ text: 'hi ada' }] } } }], 'block:0'],
    [
      'Converse, in pieces',
      ['hi ', 'ada'].map((text) => ({ contentBlockIndex: 3, delta: { text } })),
      'block:3',
    ],
    [
      'Gemini, whose parts are one text without its thoughts',
      [
        {
          candidates: [
            { content: { parts: [{ text: 'hm', thought: true }, { text: 'hi' }, { text: ' a' }] } },
          ],
        },
        { candidates: [{ content: { parts: [{ text: 'da' }] } }] },
      ],
      'choice:0',
    ],
    [
      'responses',
      [{ output: [{ content: [{ type: 'output_text', text: 'hi ada' }] }] }],
      'frame:1/output/0/content/0/text',
    ],
    [
      'responses, in pieces',
      ['hi ', 'ada'].map((delta) => ({
        type: 'response.output_text.delta',
        output_index: 1,
        content_index: 0,
        delta,
      })),
      'item:1/0/output_text',
    ],
  ])('of %s is marked where it stands', (_, answer, pointer) => {
    expect(marked(answer, [inAnswer(pointer)])).toEqual([['ada', 0]]);
    expect(marked(answer, [inAnswer('elsewhere')])).toEqual([]);
  });

  const said = (content: string) => [{ choices: [{ message: { content } }] }];
  const three = [
    inAnswer('choice:0', { guardrail: 'keys', kind: 'API_KEY', start: 3, end: 6 }),
    inAnswer('choice:0', { guardrail: 'cards', kind: 'CREDIT_CARD', start: 7, end: 11 }),
    inAnswer('choice:0', { guardrail: 'names', kind: 'PERSON', start: 12, end: 15 }),
  ];
  const guardrails = [outcome('keys', 'redact'), outcome('cards', 'mask'), outcome('names', 'flag')];

  test('is marked behind what was taken out before it', () => {
    const answer = said('hi [REDACTED:API_KEY] **11 ada');
    expect(marked(answer, three, { guardrails })).toEqual([['[REDACTED:API_KEY]', '**11', 'ada', 0]]);
  });

  test('is not marked where something else stands than should, nor behind it', () => {
    expect(marked(said('hi whatever **11 ada'), three, { guardrails })).toEqual([[3]]);
    expect(marked(said('hi [REDACTED:API_KEY] 1111 ada'), three, { guardrails })).toEqual([
      ['[REDACTED:API_KEY]', 2],
    ]);
    expect(marked(said('hi'), [inAnswer('choice:0')])).toEqual([[1]]);
  });

  test('is not marked where values were put back, which moves the rest', () => {
    const events = { stand_in_restored: 1 };
    expect(marked(said('hi ada@example.com ada'), [inAnswer('choice:0')], { events })).toEqual([[1]]);
    // As it was without them: nothing was moved.
    expect(marked(said('hi ada <EMAIL_ADDRESS_abcdefghij>'), [inAnswer('choice:0')], { events })).toEqual([
      ['ada', '<EMAIL_ADDRESS_abcdefghij>', 0],
    ]);
  });

  test('that overlaps is marked together', () => {
    const both = [inAnswer('choice:0'), inAnswer('choice:0', { guardrail: 'keys', start: 5, end: 8 })];
    expect(marked(said('hi [REDACTED:X] and'), both, { guardrails })).toEqual([
      ['[REDACTED:X]', '[REDACTED:X]', 0],
    ]);
  });
});
