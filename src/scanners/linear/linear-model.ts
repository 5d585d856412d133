/** A linear model over hashed n-grams: any window of a text is scored from two sums, so all windows together cost one look. */
import { NGRAM_REACH, ngramsOf, type Ngrams } from './ngrams.ts';

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

/** What all n-grams of a text weigh together. */
function sumOf(weights: Int8Array, { hashes, numbers }: Ngrams): number {
  const mask = weights.length - 1;
  const number = numbers[numbers.length - 1] ?? 0;
  let sum = 0;
  for (let index = 0; index < number; index++) sum += weights[(hashes[index] ?? 0) & mask] ?? 0;
  return sum;
}

/** What the n-grams weigh that are complete before each place. */
function sumsOf(weights: Int8Array, { hashes, numbers }: Ngrams): Int32Array {
  const mask = weights.length - 1;
  const sums = new Int32Array(numbers.length);
  let sum = 0;
  let index = 0;
  for (let at = 0; at < numbers.length; at++) {
    for (const number = numbers[at] ?? 0; index < number; index++)
      sum += weights[(hashes[index] ?? 0) & mask] ?? 0;
    sums[at] = sum;
  }
  return sums;
}

/**
 * A window's score is the bias plus the sum of its n-grams' weights over the square root of their number: the mean alone
 * would drown a sentence in a page, the sum alone would call every page an attack. The sums are whole numbers, so a window
 * has the same score to the last bit wherever the text around it begins.
 *
 * Where no window is asked for that begins before `from`, what stands before it need not be looked at.
 */
export function scoreWindows(model: LinearModel, text: string, from = 0): WindowScores {
  const { weights, scale } = model;
  const origin = Math.max(0, from - NGRAM_REACH);
  const ngrams = ngramsOf(text, origin);
  const { numbers } = ngrams;
  const sums = sumsOf(weights, ngrams);
  const sum = (start: number, end: number): number => (sums[end - origin] ?? 0) - (sums[start - origin] ?? 0);
  const count = (start: number, end: number): number =>
    (numbers[end - origin] ?? 0) - (numbers[start - origin] ?? 0);
  return {
    get contributions() {
      return Float32Array.from({ length: text.length }, (_, at) =>
        at < origin ? 0 : scale * sum(at, at + 1),
      );
    },
    count,
    score: (start, end) => scoreOf(model, sum(start, end), count(start, end)),
  };
}

/** The score of the window that is the whole text. */
export function scoreWhole(model: LinearModel, text: string): number {
  const ngrams = ngramsOf(text);
  return scoreOf(model, sumOf(model.weights, ngrams), ngrams.numbers[text.length] ?? 0);
}

function scoreOf({ scale, bias }: LinearModel, sum: number, number: number): number {
  return number === 0 ? bias : bias + (scale * sum) / Math.sqrt(number);
}
