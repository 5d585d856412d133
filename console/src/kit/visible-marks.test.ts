/** What does not show itself in a text is shown by a name. */
import { expect, test } from 'vitest';
import { piecesOf } from './visible-marks.ts';

const unseen = [
  ['a right-to-left override', 'abc\u202Edef', 'RLO'],
  ['a zero-width space', 'pass\u200Bword', 'ZWSP'],
  ['a color of the terminal', 'a\u001b[31mb', 'ESC[31m'],
  ['a title of the terminal', 'a\u001b]0;owned\u0007b', 'ESC]0;owned\u0007'],
  ['a bell', 'a\u0007b', '␇'],
  ['a carriage return that hides what stands before it', 'rm -rf /\rls', '␍'],
  ['a hidden letter among tags', 'a\u{E0041}b', 'TAG A'],
  ['a lone surrogate', 'a\uD800b', 'U+D800'],
  ['a variation selector', 'a\uFE0Fb', 'U+FE0F'],
  ['a byte order mark', 'a\uFEFFb', 'BOM'],
  ['a C1 control', 'a\u009bb', 'U+009B'],
] as const;

test.each(unseen)('%s is marked', (_, text, short) => {
  const marks = piecesOf(text).flatMap(({ mark }) => (mark ? [mark.short] : []));
  expect(marks).toEqual([short]);
});

test('lines and tabs stay what they are', () => {
  expect(piecesOf('a\tb\r\nc\nd')).toEqual([{ text: 'a\tb\r\nc\nd', from: 0 }]);
});

test('the pieces are the text, each at its offset', () => {
  for (const [, text] of unseen) {
    const pieces = piecesOf(text, 10);
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    for (const piece of pieces) expect(text.startsWith(piece.text, piece.from - 10)).toBe(true);
  }
});

test('a family and a red heart are pictures', () => {
  expect(piecesOf('👩‍👧 ❤️')).toEqual([{ text: '👩‍👧 ❤️', from: 0 }]);
});
