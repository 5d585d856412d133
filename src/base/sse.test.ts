/** Server-sent events, cut at every place. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSseSplitter, dataOf, formatSse } from './sse.ts';

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

/** What a browser makes of a stream: WHATWG HTML §9.2.6, line by line, with the stream at hand as a whole. */
function readWhole(text: string) {
  const events: { name: string; data: string }[] = [];
  let name = '';
  let data: string[] = [];
  for (const line of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .slice(0, -1)) {
    const [, field = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/s.exec(line) ?? [];
    if (line === '') {
      if (data.length > 0) events.push({ name: name === '' ? 'message' : name, data: data.join('\n') });
      name = '';
      data = [];
    } else if (field === 'event') name = value;
    else if (field === 'data') data.push(value);
  }
  return events;
}

test('whatever ends the lines and wherever the stream is cut, the events are those of the specification', () => {
  const line = fc.constantFrom(
    '',
    'data: x',
    'data:y',
    'data',
    'event: a',
    'event:',
    ': c',
    'id: 1',
    'dat',
    '\uFEFF',
  );
  const end = fc.constantFrom('\n', '\r', '\r\n');
  const texts = fc.array(fc.tuple(line, end), { maxLength: 20 }).map((lines) => lines.flat().join(''));
  fc.assert(
    fc.property(texts, fc.array(fc.nat(200), { maxLength: 12 }), fc.boolean(), (text, cuts, everywhere) => {
      const bytes = Buffer.from(text);
      const within = cuts.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b);
      const places = [0, ...(everywhere ? bytes.keys() : within), bytes.length];
      const chunks = places.slice(1).map((to, index) => bytes.subarray(places[index], to));
      expect(split(chunks).filter(({ data }) => data !== null)).toEqual(readWhole(text));
    }),
    { numRuns: 500 },
  );
});

test('an event of many short lines takes time in proportion to its length, however it drips in', () => {
  const splitter = createSseSplitter(2 ** 20);
  const chunk = Buffer.from('data: x\n');
  const began = performance.now();
  for (let i = 0; i < 2 ** 17; i++) expectNone(splitter.push(chunk));
  expect(performance.now() - began).toBeLessThan(1_000);
  expect(splitter.push(Buffer.alloc(0))).toEqual([]);
  expect(splitter.rest()).toHaveLength(2 ** 20);
  expect(() => splitter.push(chunk)).toThrow('more than 1048576 bytes');
});

function expectNone(events: readonly unknown[]): void {
  if (events.length > 0) throw new Error('an event that has not ended');
}

test('what is written is read back', () => {
  expect(split([Buffer.from(formatSse('{"a":1}', 'delta') + formatSse('x'))])).toEqual([
    { name: 'delta', data: '{"a":1}' },
    { name: 'message', data: 'x' },
  ]);
});

test('the data of one event is what its splitter says it is', () => {
  for (const { bytes, data } of createSseSplitter(10_000).push(Buffer.from(TEXT)))
    expect(dataOf(bytes)).toBe(data);
});
