/** A stream as one JSON array: the same responses as the events hold, and JSON however it ends. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Json } from '../../../base/json.ts';
import { createSseSplitter, formatSse } from '../../../base/sse.ts';
import type { ChatEvent } from '../../../domain/chat.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { WireFrame } from '../../../modules/inference/provider.ts';
import type { AnswerWriter } from '../../endpoint.ts';
import { googleStreamEndpoint } from './generate-content.ts';

const ASK = { model: 'asked-model', stream: true, maxOutputTokens: undefined };

function writerOf(alt?: string, choices = 2): AnswerWriter {
  return googleStreamEndpoint.createWriter({ ...ASK, choices }, {}, { alt });
}

function frame(data: string): WireFrame {
  return { json: JSON.parse(data) as Json, bytes: Buffer.from(formatSse(data)) };
}

function eventsIn(wire: string): Json[] {
  return createSseSplitter(1_000_000)
    .push(Buffer.from(wire))
    .map(({ data }) => JSON.parse(data ?? 'null') as Json);
}

const START: ChatEvent = { kind: 'start', id: 'a', model: 'm' };

/** What the stream says, and how it ends. */
type Ending = (writer: AnswerWriter) => string;
const ENDINGS: readonly (readonly [string, Ending])[] = [
  ['ended', (writer) => writer.end()],
  ['filtered', (writer) => writer.filtered('Ask us.')],
  ['filtered without a word', (writer) => writer.filtered('')],
  ['failed', (writer) => writer.failed(new Refusal('provider_bad_answer', 'It broke.'), 'req_1')],
];

function written(writer: AnswerWriter, events: readonly ChatEvent[], end: Ending): string {
  return events.map((event) => writer.event(event)).join('') + end(writer);
}

const choice = fc.nat(1);
const text = fc.string({ unit: 'binary' });
const call = fc.nat(2);
const event: fc.Arbitrary<ChatEvent> = fc.oneof(
  fc.record({ kind: fc.constant('text'), choice, text }),
  fc.record({ kind: fc.constant('refusal'), choice, text }),
  fc.record({ kind: fc.constant('reasoning'), choice, text }),
  fc.record({ kind: fc.constant('reasoning_signature'), choice, signature: text }),
  fc.record({ kind: fc.constant('tool_call'), choice, call, id: text, name: text }),
  fc.record({ kind: fc.constant('tool_arguments'), choice, call, text }),
  fc.record({ kind: fc.constant('finish'), choice, reason: fc.constant('stop') }),
);

describe.each(ENDINGS)('an array that is %s', (_name, end) => {
  test('holds what the events hold, whatever was said by then', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 12 }), (said) => {
        const array = JSON.parse(written(writerOf(), [START, ...said], end)) as Json;
        expect(array).toEqual(eventsIn(written(writerOf('sse'), [START, ...said], end)));
      }),
    );
  });

  test('holds what was forwarded, whatever was forwarded by then', () => {
    fc.assert(
      fc.property(fc.array(fc.dictionary(text, fc.jsonValue()), { maxLength: 6 }), (bodies) => {
        const frames = [{ responseId: 'a' }, ...bodies].map((body) => frame(JSON.stringify(body)));
        const wire = (writer: AnswerWriter) =>
          frames.map((each) => writer.pass(each).toString()).join('') + end(writer);
        expect(JSON.parse(wire(writerOf('json')))).toEqual(eventsIn(wire(writerOf('sse'))));
      }),
    );
  });

  test('is JSON where nothing was said, or nothing but keep-alives', () => {
    expect(JSON.parse(end(writerOf()))).toBeInstanceOf(Array);
    const writer = writerOf();
    const passed = writer.pass({ json: undefined, bytes: Buffer.from(': keep-alive\n\n') });
    expect(passed).toBe('');
    expect(JSON.parse(end(writer))).toBeInstanceOf(Array);
  });
});

test.each(
  readdirSync(new URL('../testdata/streams/', import.meta.url)).filter((file) => file.startsWith('google')),
)('%s is the same as an array', (file) => {
  const golden = readFileSync(new URL(`../testdata/streams/${file}`, import.meta.url), 'utf8');
  const [events = '', wire = ''] = golden.split('\n----------\n');
  const array = written(writerOf('json', 1), JSON.parse(events) as ChatEvent[], (writer) => writer.end());
  expect(JSON.parse(array)).toEqual(eventsIn(`${wire.trim()}\n\n`));
});

test('an element goes out as it is released: the bracket or the comma before it, and nothing behind it', () => {
  const writer = writerOf();
  expect(writer.streamContentType).toBe('application/json');
  expect(writer.pass(frame('{"a":1}'))).toBe('[{"a":1}');
  expect(writer.pass(frame('{"a":2}'))).toBe(',\n{"a":2}');
  expect(writer.end()).toBe(']');
});

test('a forwarded element is written as the provider wrote it', () => {
  const data = '{"n": 12345678901234567890, "f": 1.0, "e": "\\u00fc"}';
  expect(writerOf().pass(frame(data))).toBe(`[${data}`);
});

test('what did not come as an event is an element all the same', () => {
  expect(writerOf().pass({ json: { a: 1 }, bytes: Buffer.from('{"a": 1}') })).toBe('[{"a":1}');
});

test('a failure is the last element, in the words of the dialect', () => {
  const wire = written(writerOf(), [START, { kind: 'text', choice: 0, text: 'Hello' }], (writer) =>
    writer.failed(new Refusal('provider_timeout'), 'req_1'),
  );
  expect(JSON.parse(wire)).toMatchObject([
    { candidates: [{ content: { parts: [{ text: 'Hello' }] } }] },
    { error: { code: 504, status: 'DEADLINE_EXCEEDED' } },
  ]);
});
