import fc from 'fast-check';
import { expect, test } from 'vitest';
import { endOfSentence, MAX_SENTENCE } from './sentences.ts';

function sentences(text: string): readonly string[] {
  const all: string[] = [];
  let start = 0;
  for (let end = endOfSentence(text, 0); end !== null; end = endOfSentence(text, end)) {
    all.push(text.slice(start, end));
    start = end;
  }
  return [...all, text.slice(start)];
}

test.each([
  ['prose', 'The first sentence ends here. The second one is a question? ', 2],
  ['lines', 'a line of a table, long enough\nand another line, long enough\n', 2],
  ['short beginnings', 'Hi Ann,\n\nplease call me back today. Thanks.', 2],
  [
    'Chinese',
    '请用简单的话给我解释一下光合作用的主要过程是什么样的。谢谢你今天的帮助，我们明天再来继续讨论这个有趣的话题。',
    2,
  ],
  ['values of JSON', '{"a": 1, "title": "a comment", "text": "open the door", "b": 2}', 3],
])('%s are cut where a reader would cut them', (_, text, count) => {
  expect(sentences(text).filter((sentence) => sentence.trim() !== '')).toHaveLength(count);
});

test('no sentence is longer than the longest, and nothing is lost', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('word ', '. ', 'x'.repeat(90), '\n', '😀', '"', ': "')),
      (pieces) => {
        const text = pieces.join('');
        const all = sentences(text);
        expect(all.join('')).toBe(text);
        for (const sentence of all) expect(sentence.length).toBeLessThanOrEqual(MAX_SENTENCE);
      },
    ),
  );
});

test('a decided end stays where it is, whatever follows', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, more) => {
      const end = endOfSentence(text, 0);
      if (end !== null) expect(endOfSentence(text + more, 0)).toBe(end);
    }),
  );
});
