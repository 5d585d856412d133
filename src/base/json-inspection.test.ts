/** The strict parser against JSON.parse: it accepts the same texts, but for what it refuses by name. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson, valueAt, withValues, type Json } from './json.ts';
import type { JsonError } from './json-limits.ts';

const LIMITS = { maxDepth: 50, maxElements: 10_000 };
const parse = (text: string) => parseJson(Buffer.from(text), LIMITS);

function outcome(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? error.name : 'something else';
  }
}

test('whatever JSON.stringify writes is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = JSON.stringify(value);
      if (text.includes(String.raw`\u0000`)) return;
      const read = outcome(() => parse(text));
      if (read === 'JsonError') expect(text).toMatch(/\\ud[89a-f]/i);
      else expect(read).toEqual(JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});

test('no text makes it throw anything but its own error, and none passes that JSON.parse refuses', () => {
  const pieces = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '\\',
    'u0061',
    '"a"',
    '1',
    'true',
    ' ',
    'é',
    '\\"',
    '"\\ud83d"',
    'e',
    '-',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      const strict = outcome(() => parse(text));
      const plain = outcome(() => JSON.parse(text) as unknown);
      if (strict !== 'JsonError') expect(plain).toEqual(strict);
    }),
    { numRuns: 2_000 },
  );
});

test('random bytes are refused, never more', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const read = outcome(() => parseJson(Buffer.from(bytes), LIMITS));
      if (read === 'JsonError') return;
      expect(read).toEqual(JSON.parse(Buffer.from(bytes).toString('utf8')));
    }),
  );
});

test.each<[string, JsonError['kind']]>([
  ['['.repeat(51), 'depth'],
  [`[${'0,'.repeat(10_001)}0]`, 'elements'],
  ['{"a":1,"a":1}', 'duplicate_key'],
  [String.raw`{"\u0061":1,"a":1}`, 'duplicate_key'],
  [String.raw`["\udc00"]`, 'unicode'],
  [String.raw`["\ud800x"]`, 'unicode'],
  ['"abc', 'syntax'],
])('%s is refused for its %s', (text, kind) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ kind }) as Error);
});

test('a value put at a pointer is found there, and nothing else has changed', () => {
  const root: Json = { 'a/b': [{ 'c~d': 'old', e: 1 }], f: 'g' };
  const changed = withValues(root, new Map([['/a~1b/0/c~0d', 'new']]));
  expect(valueAt(changed, '/a~1b/0/c~0d')).toBe('new');
  expect(changed).toEqual({ 'a/b': [{ 'c~d': 'new', e: 1 }], f: 'g' });
  expect(valueAt(root, '/a~1b/0/c~0d')).toBe('old');
});

test('many values in one array are put there in one go', () => {
  const root: Json = Array.from({ length: 50_000 }, (_, index) => String(index));
  const values = new Map(root.map((_, index) => [`/${index}`, 'x']));
  const startedMs = performance.now();
  expect(withValues(root, values)).toEqual(root.map(() => 'x'));
  expect(performance.now() - startedMs).toBeLessThan(1_000);
});

test('a member named like a prototype is a member', () => {
  const root = JSON.parse('{"__proto__":{"a":"old"},"b":1}') as Json;
  const changed = withValues(root, new Map([['/__proto__/a', 'new']]));
  expect(JSON.stringify(changed)).toBe('{"__proto__":{"a":"new"},"b":1}');
});
