import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pieceEnd } from './text-pieces.ts';

function pieces(text: string, maxLength: number): readonly string[] {
  const found: string[] = [];
  let from = 0;
  for (let end = pieceEnd(text, 0, maxLength); end !== null; end = pieceEnd(text, from, maxLength)) {
    found.push(text.slice(from, end));
    from = end;
  }
  return [...found, text.slice(from)];
}

test.each([
  ['short', 20, ['short']],
  ['a paragraph\n\nand another one', 20, ['a paragraph\n\n', 'and another one']],
  ['a\n\nb\n \t\nc', 40, ['a\n\nb\n \t\nc']],
  ['some words that go on and on', 12, ['some words ', 'that go on ', 'and on']],
  ['xxxxxxxxxxxxxxx', 6, ['xxxxxx', 'xxxxxx', 'xxx']],
  ['😀😀😀😀😀', 5, ['😀😀', '😀😀', '😀']],
])('%j in pieces of %i', (text, maxLength, expected) => {
  expect(pieces(text, maxLength)).toEqual(expected);
});

test('a piece that has an end keeps it, whatever follows', () => {
  const unit = fc.constantFrom('a', ' ', '\n', '\n\n', 'word ', '😀', '\u2028', 'x'.repeat(9));
  const text = fc.array(unit, { maxLength: 60 }).map((units) => units.join(''));
  fc.assert(
    fc.property(text, text, fc.integer({ min: 4, max: 40 }), (beginning, rest, maxLength) => {
      const end = pieceEnd(beginning, 0, maxLength);
      if (end === null) expect(beginning.length).toBeLessThanOrEqual(maxLength);
      else expect(pieceEnd(beginning + rest, 0, maxLength)).toBe(end);
    }),
  );
});
