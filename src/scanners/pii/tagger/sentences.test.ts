import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOfSentence, MAX_SENTENCE } from './sentences.ts';

function sentencesOf(text: string): readonly string[] {
  const sentences: string[] = [];
  for (let start = 0; start < text.length; ) {
    const end = endOfSentence(text, start) ?? text.length;
    sentences.push(text.slice(start, end));
    start = end;
  }
  return sentences;
}

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom('. ', ' ', '\n', 'Dr. ', 'word', '😀', '。', '!" ', 'x'.repeat(120)),
      fc.string({ unit: 'grapheme' }),
    ),
    {
      maxLength: 30,
    },
  )
  .map((pieces) => pieces.join(''));

describe('a sentence', () => {
  test.each([
    ['One. Two? Three!', ['One. ', 'Two? ', 'Three!']],
    ['Dr. Watson met Mr. Hall. They left.', ['Dr. Watson met Mr. Hall. ', 'They left.']],
    ['J. K. Doe wrote it. Yes.', ['J. K. Doe wrote it. ', 'Yes.']],
    ['He said "go." She went.', ['He said "go." ', 'She went.']],
    ['Name: Anna\nCity: Rome', ['Name: Anna\n', 'City: Rome']],
    ['version 1.2.3 is out', ['version 1.2.3 is out']],
    ['東京です。大阪です。', ['東京です。', '大阪です。']],
  ])('%j ends where it ends', (whole, parts) => {
    expect(sentencesOf(whole)).toEqual(parts);
  });

  test('is never longer than its limit, and cuts no pair', () => {
    fc.assert(
      fc.property(text, (whole) => {
        for (const sentence of sentencesOf(whole)) {
          expect(sentence.length).toBeLessThanOrEqual(MAX_SENTENCE);
          expect(sentence.isWellFormed()).toBe(whole.isWellFormed());
        }
      }),
    );
  });

  test('that has ended is the same whatever follows', () => {
    fc.assert(
      fc.property(text, text, (whole, more) => {
        const end = endOfSentence(whole, 0);
        if (end === null) expect(whole.length).toBeLessThanOrEqual(MAX_SENTENCE);
        else {
          expect(endOfSentence(whole + more, 0)).toBe(end);
          expect(endOfSentence(`${more}${whole}`, more.length)).toBe(more.length + end);
        }
      }),
    );
  });
});
