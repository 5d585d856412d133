/** A linear model over hashed n-grams: any window of a text is scored from two sums, so all windows together cost one look. */
import { NGRAM_REACH, weighNgrams } from './ngrams.ts';

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
 * What the n-grams before each place from `from` on weigh, and how many they are, counted from some place before: what counts
 * is their difference, which is right even where a long stream has gone round the 32 bits.
 */
interface Sums {
  readonly from: number;
  readonly weights: Int32Array;
  readonly numbers: Int32Array;
}

/**
 * Scores of an earlier look at a text that has grown since: what stands at `i` stood at `i + shift`, up to the last place that
 * was looked at, and from `NGRAM_REACH` characters before the first on.
 */
export interface EarlierScores {
  readonly scores: WindowSums;
  readonly shift: number;
}

/**
 * A window's score is the bias plus the sum of its n-grams' weights over the square root of their number: the mean alone
 * would drown a sentence in a page, the sum alone would call every page an attack. The sums are whole numbers, so a window
 * has the same score to the last bit wherever the text around it begins.
 *
 * Only windows within text[from, to) may be asked for. What was summed earlier is not summed again.
 */
export function scoreWindows(
  model: LinearModel,
  text: string,
  from = 0,
  to = text.length,
  earlier: EarlierScores | null = null,
): WindowSums {
  const sums = earlier?.scores.goOn(model, text, from, to, earlier.shift) ?? sumUp(model, text, from, to);
  return new WindowSums(model, text, sums);
}

/** The score of the window that is the whole text. */
export function scoreWhole(model: LinearModel, text: string): number {
  const { length } = text;
  if (length >= KEPT) return scoreWindows(model, text).score(0, length);
  weighNgrams(model.weights, text, 0, 0, length, keptSums, keptNumbers);
  return scoreOf(model, keptSums[length] ?? 0, keptNumbers[length] ?? 0);
}

/** For texts that are scored as a whole and no more than so long, which are most. */
const KEPT = 4_096;
const keptSums = new Int32Array(KEPT);
const keptNumbers = new Int32Array(KEPT);

function scoreOf({ scale, bias }: LinearModel, sum: number, number: number): number {
  return number === 0 ? bias : bias + (scale * sum) / Math.sqrt(number);
}

export class WindowSums implements WindowScores {
  readonly #model: LinearModel;
  readonly #text: string;
  readonly #sums: Sums;

  constructor(model: LinearModel, text: string, sums: Sums) {
    this.#model = model;
    this.#text = text;
    this.#sums = sums;
  }

  get contributions(): Float32Array {
    const { scale } = this.#model;
    return Float32Array.from({ length: this.#text.length }, (_, at) => scale * this.#sum(at, at + 1));
  }

  count(start: number, end: number): number {
    const { numbers, from } = this.#sums;
    return ((numbers[end - from] ?? 0) - (numbers[start - from] ?? 0)) | 0;
  }

  score(start: number, end: number): number {
    return scoreOf(this.#model, this.#sum(start, end), this.count(start, end));
  }

  #sum(start: number, end: number): number {
    const { weights, from } = this.#sums;
    return ((weights[end - from] ?? 0) - (weights[start - from] ?? 0)) | 0;
  }

  /** The sums of `text`, of which this one was the beginning; null where nothing is gained. */
  goOn(model: LinearModel, text: string, from: number, to: number, shift: number): Sums | null {
    const known = this.#sums;
    const knownTo = known.from + known.numbers.length - 1;
    const same = knownTo - shift;
    if (model !== this.#model || from + shift < known.from || same <= from || same > to) return null;
    // What the end of a text completes may go on.
    if (knownTo === this.#text.length) return null;
    return joined(known, from + shift, sumUp(model, text, same, to), from);
  }
}

function sumUp({ weights }: LinearModel, text: string, from: number, to: number): Sums {
  const sums = new Int32Array(to - from + 1);
  const numbers = new Int32Array(to - from + 1);
  weighNgrams(weights, text, Math.max(0, from - NGRAM_REACH), from, to, sums, numbers);
  return { from, weights: sums, numbers };
}

/** The sums of `known` from its `start` on, which is `from` now, and behind them those of `late`. */
function joined(known: Sums, start: number, late: Sums, from: number): Sums {
  return {
    from,
    weights: chained(known.weights, start - known.from, late.weights),
    numbers: chained(known.numbers, start - known.from, late.numbers),
  };
}

function chained(known: Int32Array, start: number, late: Int32Array): Int32Array {
  const length = known.length - start;
  const all = new Int32Array(length + late.length - 1);
  all.set(known.subarray(start));
  const last = all[length - 1] ?? 0;
  for (let at = 1; at < late.length; at++) all[length - 1 + at] = last + (late[at] ?? 0);
  return all;
}
