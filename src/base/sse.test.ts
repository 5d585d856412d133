/** Server-sent events, cut at every place. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSseSplitter, formatSse } from './sse.ts';

function split(chunks: readonly Buffer[]) {
  const splitter = createSseSplitter(10_000);
  return chunks.flatMap((chunk) => splitter.push(chunk)).map(({ name, data }) => ({ name, data }));
}

const TEXT =
  'event: a\ndata: {"t":"ä😀"}\n\n: comment\n\ndata: one\ndata: two\r\n\r\ndata:no space\n\ndata: [DONE]\n\n';
const EVENTS = [
  { name: 'a', data: '{"t":"ä😀"}' },
  { name: 'message', data: null },
  { name: 'message', data: 'one\ntwo' },
  { name: 'message', data: 'no space' },
  { name: 'message', data: '[DONE]' },
];

test('every way of cutting a stream gives the same events', () => {
  const bytes = Buffer.from(TEXT);
  fc.assert(
    fc.property(fc.array(fc.nat(bytes.length), { maxLength: 12 }), (cuts) => {
      const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
      const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end));
      expect(split(chunks)).toEqual(EVENTS);
    }),
  );
});

test('one byte at a time is no exception', () => {
  expect(split([...Buffer.from(TEXT)].map((byte) => Buffer.from([byte])))).toEqual(EVENTS);
});

test('the bytes of the events are the bytes of the stream', () => {
  const events = createSseSplitter(10_000).push(Buffer.from(TEXT));
  expect(Buffer.concat(events.map(({ bytes }) => bytes)).toString()).toBe(TEXT);
});

test('an event that grows past the limit is an error, not a growing buffer', () => {
  const splitter = createSseSplitter(100);
  expect(() => splitter.push(Buffer.from(`data: ${'x'.repeat(200)}`))).toThrow('more than 100 bytes');
});

test('what is written is read back', () => {
  expect(split([Buffer.from(formatSse('{"a":1}', 'delta') + formatSse('x'))])).toEqual([
    { name: 'delta', data: '{"a":1}' },
    { name: 'message', data: 'x' },
  ]);
});
