import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scoreWhole, scoreWindows, type LinearModel } from './linear-model.ts';
import { NGRAM_REACH, ngramsOf as hashesOf, weighNgrams } from './ngrams.ts';

const model: LinearModel = {
  weights: Int8Array.from({ length: 1024 }, (_, index) => ((index * 37) % 255) - 127),
  scale: 0.01,
  bias: -1,
};

function ngramsOf(text: string): readonly string[] {
  const { numbers, hashes } = hashesOf(text);
  return [...numbers].flatMap((number, at) =>
    Array.from(hashes.subarray(numbers[at - 1] ?? 0, number), (hash) => `${at - 1}:${hash}`),
  );
}

describe('n-grams', () => {
  test('up to a place depend on nothing behind it, but that a word has ended there', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (text, more) => {
        const whole = new Set(ngramsOf(`${text} ${more}`));
        for (const ngram of ngramsOf(`${text} `)) expect(whole).toContain(ngram);
      }),
    );
  });

  test('of a long text are the same wherever the text before it was cut off, but for a few words', () => {
    const text = 'please summarize the attached report in five points and '.repeat(40);
    const cut = text.indexOf(' ', 500) + 1;
    const late = new Set(ngramsOf(text).filter((ngram) => Number.parseInt(ngram, 10) > cut + 30));
    const again = ngramsOf(text.slice(cut))
      .map((ngram) => `${Number.parseInt(ngram, 10) + cut}:${ngram.split(':')[1]}`)
      .filter((ngram) => Number.parseInt(ngram, 10) > cut + 30);
    expect(new Set(again)).toEqual(late);
  });

  test('take time in proportion to the text', { retry: 2 }, () => {
    const startedMs = performance.now();
    scoreWindows(model, 'abc def '.repeat(125_000));
    expect(performance.now() - startedMs).toBeLessThan(2_000);
  });
});

test('what n-grams weigh is the sum of the weights of each', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), fc.nat(), (text, a, b) => {
      const from = Math.min(a, b) % (text.length + 1);
      const to = Math.max(from, Math.max(a, b) % (text.length + 1));
      const { numbers, hashes } = hashesOf(text, 0, to);
      const sums = new Int32Array(to - from + 1);
      const counts = new Int32Array(to - from + 1);
      weighNgrams(model.weights, text, 0, from, to, { sums, numbers: counts }, 0);
      const before = numbers[from] ?? 0;
      for (let at = from; at <= to; at++) {
        const own = hashes.subarray(before, numbers[at]);
        const sum = own.reduce((all, hash) => all + (model.weights[hash & 1_023] ?? 0), 0);
        expect([counts[at - from], sums[at - from]]).toEqual([own.length, sum]);
      }
    }),
  );
});

describe('a window', () => {
  test('without anything in it has the score of the bias alone', () => {
    expect(scoreWindows(model, 'ab').score(0, 1)).toBe(-1);
    expect(scoreWindows(model, 'a longer text').score(3, 3)).toBe(-1);
  });

  test('has the score of its contributions over the root of their number', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.nat(), (text, a, b) => {
        const start = Math.min(a, b) % (text.length + 1);
        const end = Math.max(start, Math.max(a, b) % (text.length + 1));
        const number = ngramsOf(text).filter((ngram) => {
          const position = Number.parseInt(ngram, 10);
          return position >= start && position < end;
        }).length;
        const scores = scoreWindows(model, text);
        const sum = scores.contributions.slice(start, end).reduce((all, each) => all + each, 0);
        expect(scores.score(start, end)).toBeCloseTo(number === 0 ? -1 : -1 + sum / Math.sqrt(number), 3);
      }),
    );
  });

  test('has the same score where what stands before it is not looked at', () => {
    const word = fc.constantFrom('please', 'a', 'x'.repeat(40), "don't", 'żółw', '1', '- ', '\n');
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.nat(), fc.nat(), (words, a, b) => {
        const text = words.join(' ');
        const from = a % (text.length + 1);
        const end = from + (b % (text.length - from + 1));
        const whole = scoreWindows(model, text);
        const late = scoreWindows(model, text, from);
        expect(late.count(from, end)).toBe(whole.count(from, end));
        expect(late.score(from, end)).toBe(whole.score(from, end));
        expect(scoreWhole(model, text)).toBe(whole.score(0, text.length));
      }),
    );
  });

  test('has the same score where the sums of earlier looks are carried on, one after the other and twice from the same', () => {
    const word = fc.constantFrom('please', 'a', 'x'.repeat(40), "don't", 'żółw', '1', '- ', '\n');
    const some = fc.array(word, { minLength: 1, maxLength: 40 }).map((words) => words.join(' '));
    const look = fc.record({ more: some, parent: fc.nat(), forgotten: fc.nat() });
    fc.assert(
      fc.property(some, fc.array(look, { minLength: 1, maxLength: 8 }), (first, looks) => {
        // Each is cut off before its end, so that it may go on.
        const known = [
          {
            text: `${first} and on`,
            to: first.length,
            from: 0,
            scores: scoreWindows(model, `${first} and on`, 0, first.length),
          },
        ];
        for (const { more, parent, forgotten } of looks) {
          const before = known[parent % known.length];
          if (!before) continue;
          const shift = before.from + (forgotten % Math.max(1, before.to - before.from - NGRAM_REACH));
          const said = before.text.slice(shift, before.to) + more;
          const text = `${said} and on`;
          // From where both have all the n-grams that are asked for.
          const from = Math.min(said.length, NGRAM_REACH);
          const earlier = { scores: before.scores, shift };
          const scores = scoreWindows(model, text, from, said.length, earlier);
          const whole = scoreWindows(model, text);
          for (let end = from; end <= said.length; end += 7)
            expect(scores.score(from, end)).toBe(whole.score(from, end));
          known.push({ text, to: said.length, from, scores });
        }
        // What was written on from there has changed nothing of it.
        for (const { text, to, from, scores } of known)
          expect(scores.score(from, to)).toBe(scoreWindows(model, text).score(from, to));
      }),
    );
  });
});
