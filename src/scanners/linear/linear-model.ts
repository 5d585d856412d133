/** A linear model over hashed n-grams: any window of a text is scored from two sums, so all windows together cost one look. */
import { visitNgrams } from './ngrams.ts';

export interface LinearModel {
  /** A power of two of them. */
  readonly weights: Int8Array;
  /** What one step of a weight is worth. */
  readonly scale: number;
  readonly bias: number;
}

/** Scores of the windows of one text. */
export interface WindowScores {
  /** Log-odds for text[start, end), from what is complete within it; the bias alone where nothing is. */
  score(start: number, end: number): number;
  /** How many n-grams are complete within text[start, end). */
  count(start: number, end: number): number;
  /** What each position adds, for explanations: the sum of the weights of the n-grams that are complete there. */
  readonly contributions: Float32Array;
}

/**
 * A window's score is the bias plus the sum of its n-grams' weights over the square root of their number: the mean alone
 * would drown a sentence in a page, the sum alone would call every page an attack. The sums are whole numbers, so a window
 * has the same score to the last bit wherever the text around it begins.
 */
export function scoreWindows({ weights, scale, bias }: LinearModel, text: string): WindowScores {
  const mask = weights.length - 1;
  const sums = new Int32Array(text.length + 1);
  const numbers = new Int32Array(text.length + 1);
  visitNgrams(text, (position, hash) => {
    sums[position + 1] = (sums[position + 1] ?? 0) + (weights[hash & mask] ?? 0);
    numbers[position + 1] = (numbers[position + 1] ?? 0) + 1;
  });
  for (let at = 0; at < text.length; at++) {
    sums[at + 1] = (sums[at + 1] ?? 0) + (sums[at] ?? 0);
    numbers[at + 1] = (numbers[at + 1] ?? 0) + (numbers[at] ?? 0);
  }
  const count = (start: number, end: number): number => (numbers[end] ?? 0) - (numbers[start] ?? 0);
  return {
    get contributions() {
      return Float32Array.from(
        { length: text.length },
        (_, at) => scale * ((sums[at + 1] ?? 0) - (sums[at] ?? 0)),
      );
    },
    count,
    score(start, end) {
      const number = count(start, end);
      return number === 0
        ? bias
        : bias + (scale * ((sums[end] ?? 0) - (sums[start] ?? 0))) / Math.sqrt(number);
    },
  };
}
