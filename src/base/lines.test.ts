import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf } from './lines.ts';

async function read(chunks: readonly (Buffer | string)[]): Promise<readonly string[]> {
  async function* bytes() {
    yield* chunks;
  }
  const lines: string[] = [];
  for await (const line of linesOf(bytes())) lines.push(line);
  return lines;
}

test.each<[string, readonly string[]]>([
  ['', []],
  ['a', ['a']],
  ['a\n', ['a']],
  ['a\n\nb', ['a', '', 'b']],
  ['a\r\nb\r\n', ['a', 'b']],
  ['a\u2028b\u2029c\u0085d\u000be\n', ['a\u2028b\u2029c\u0085d\u000be']],
])('%j is the lines %j', async (text, lines) => {
  expect(await read([Buffer.from(text)])).toEqual(lines);
});

test('however the bytes are cut, also inside a character, the lines are the same', async () => {
  const texts = fc.array(
    fc.string({ unit: 'grapheme' }).map((line) => line.replaceAll(/[\r\n]/g, '')),
    { minLength: 1 },
  );
  await fc.assert(
    fc.asyncProperty(texts, fc.array(fc.nat(100)), async (lines, cuts) => {
      const bytes = Buffer.from(`${lines.join('\n')}\n`);
      const places = [...new Set(cuts.map((cut) => cut % bytes.length))].toSorted((a, b) => a - b);
      const chunks = [0, ...places].map((from, index) => bytes.subarray(from, places[index] ?? bytes.length));
      expect(await read(chunks)).toEqual(lines);
    }),
  );
});
