import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openPassage, passages, trimmed, type PassageSizes } from './passages.ts';

const sizes: PassageSizes = { enough: 10, most: 24 };
const text = fc
  .array(fc.constantFrom('word ', 'a', '. ', '.', '\n', '! ', '。', '😀', ' ', 'longerword'), {
    maxLength: 40,
  })
  .map((pieces) => pieces.join(''));

function piecesOf(value: string): readonly string[] {
  return [...passages(value, 0, sizes)].map(({ start, end }) => value.slice(start, end));
}

describe('passages', () => {
  test('end with a sentence', () => {
    expect(piecesOf('It is a day. We eat. Then we sleep.')).toEqual([
      'It is a day.',
      ' We eat. Then we sleep.',
    ]);
  });

  test('do not end within a number or a host name', () => {
    expect(piecesOf('about 3.14159.26 or')).toEqual(['about 3.14159.26 or']);
  });

  test('end between words where no sentence ends in time, and never within a surrogate pair', () => {
    expect(piecesOf('one two three four five six')).toEqual(['one two three four five ', 'six']);
    expect(piecesOf(`a${'😀'.repeat(13)}`)[0]).toBe(`a${'😀'.repeat(11)}`);
  });

  test('are together the text, and none is longer than is allowed', () => {
    fc.assert(
      fc.property(text, (value) => {
        const pieces = piecesOf(value);
        expect(pieces.join('')).toBe(value);
        for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(sizes.most);
      }),
    );
  });

  test('before the open one are the same whatever comes after', () => {
    fc.assert(
      fc.property(text, text, (value, more) => {
        const open = openPassage(value, 0, sizes);
        expect(value.length - open).toBeLessThanOrEqual(sizes.most + 1);
        const ends = [...passages(value + more, 0, sizes)].map(({ end }) => end);
        for (const { end } of passages(value, 0, sizes)) if (end <= open) expect(ends).toContain(end);
      }),
    );
  });

  test('without the white space around them are nothing where there is nothing else', () => {
    expect(trimmed('  a b \n', { start: 0, end: 7 })).toEqual({ start: 2, end: 5 });
    expect(trimmed(' \n ', { start: 0, end: 3 })).toBeNull();
  });
});
