import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAX_SENTENCE } from './sentences.ts';
import { ADDRESS, CAPITALIZED, CAPITALS, createTokens, MIXED, readTokens } from './tokens.ts';

interface Piece {
  readonly text: string;
  readonly form: number;
  readonly hash: number;
}

function piecesOf(text: string, start = 0, end = text.length): readonly Piece[] {
  const tokens = createTokens();
  readTokens(text, start, end, tokens);
  return Array.from({ length: tokens.count }, (_, i) => ({
    text: text.slice(tokens.starts[i], tokens.ends[i]),
    form: tokens.forms[i] ?? 0,
    hash: tokens.hashes[i] ?? 0,
  }));
}

const words = (text: string): readonly string[] => piecesOf(text).map((piece) => piece.text);
const sentence = fc.string({ unit: 'grapheme', maxLength: 80 }).map((text) => text.slice(0, MAX_SENTENCE));

describe('tokens', () => {
  test.each([
    ["O'Brien's dog", ["O'Brien", "'", 's', 'dog']],
    ['Jean-Luc, 42', ['Jean', '-', 'Luc', ',', '42']],
    ['d’Angelo (Rome)', ['d’Angelo', '(', 'Rome', ')']],
    ['see https://example.com/a?b=Anna now', ['see', 'https://example.com/a?b=Anna', 'now']],
    ['<anna.doe@example.com>', ['<', 'anna.doe@example.com', '>']],
    ['hi 😀!', ['hi', '😀', '!']],
    ['user_name = Anna2', ['user_name', '=', 'Anna2']],
  ])('of %j are words, marks and addresses', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test('have a form', () => {
    expect(piecesOf('Anna ANNA McDoe www.example.org').map(({ form }) => form)).toEqual([
      CAPITALIZED,
      CAPITALS,
      MIXED,
      ADDRESS,
    ]);
  });

  test('are the same word without case and marks', () => {
    const [plain, accented, capitals] = piecesOf('jose José JOSE\u0301');
    expect(accented?.hash).toBe(plain?.hash);
    expect(capitals?.hash).toBe(plain?.hash);
  });

  test('follow one another and leave out nothing but white space', () => {
    fc.assert(
      fc.property(sentence, (text) => {
        const tokens = createTokens();
        readTokens(text, 0, text.length, tokens);
        let at = 0;
        for (let i = 0; i < tokens.count; i++) {
          const start = tokens.starts[i] ?? 0;
          expect(text.slice(at, start).replaceAll('\u200b', '').trim()).toBe('');
          at = tokens.ends[i] ?? 0;
          expect(at).toBeGreaterThan(start);
        }
        expect(text.slice(at).replaceAll('\u200b', '').trim()).toBe('');
      }),
    );
  });

  test('depend on nothing outside of the sentence', () => {
    fc.assert(
      fc.property(sentence, sentence, sentence, (before, text, after) => {
        const whole = `${before} ${text} ${after}`;
        const start = before.length + 1;
        expect(piecesOf(whole, start, start + text.length)).toEqual(piecesOf(text));
      }),
    );
  });
});
