/** A linear model over hashed n-grams: any window of a text is scored from two sums, so all windows together cost one look. */
import { NGRAM_REACH, weighNgrams, type NgramSums } from './ngrams.ts';

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

/** Sums that a growing text goes on filling: what one look has written the next only adds to. */
interface Ledger extends NgramSums {
  /** Entries that are written. */
  used: number;
}

/**
 * What the n-grams before each place weigh, and how many they are, counted from some place before: what counts is their
 * difference, which is right even where a long stream has gone round the 32 bits.
 */
interface Sums {
  readonly ledger: Ledger;
  /** The entry of the text's beginning, were it there: below nothing where it is not. */
  readonly begin: number;
  /** Places whose sums are there. */
  readonly from: number;
  readonly to: number;
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
  weighNgrams(model.weights, text, 0, 0, length, kept, 0);
  return scoreOf(model, kept.sums[length] ?? 0, kept.numbers[length] ?? 0);
}

/** For texts that are scored as a whole and no more than so long, which are most. */
const KEPT = 4_096;
const kept = ledgerOf(KEPT);

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
    const { ledger, begin } = this.#sums;
    return ((ledger.numbers[begin + end] ?? 0) - (ledger.numbers[begin + start] ?? 0)) | 0;
  }

  score(start: number, end: number): number {
    return scoreOf(this.#model, this.#sum(start, end), this.count(start, end));
  }

  #sum(start: number, end: number): number {
    const { ledger, begin } = this.#sums;
    return ((ledger.sums[begin + end] ?? 0) - (ledger.sums[begin + start] ?? 0)) | 0;
  }

  /** The sums of `text`, of which this one was the beginning; null where nothing is gained. */
  goOn(model: LinearModel, text: string, from: number, to: number, shift: number): Sums | null {
    const known = this.#sums;
    const same = known.to - shift;
    if (model !== this.#model || from + shift < known.from || same <= from || same > to) return null;
    // What the end of a text completes may go on.
    if (known.to === this.#text.length) return null;
    const { ledger, begin } = withRoom(known, from + shift, to - same);
    weighNgrams(model.weights, text, Math.max(0, same - NGRAM_REACH), same, to, ledger, begin + known.to);
    ledger.used = begin + known.to + to - same + 1;
    return { ledger, begin: begin + shift, from, to };
  }
}

function sumUp({ weights }: LinearModel, text: string, from: number, to: number): Sums {
  const length = to - from + 1;
  const ledger = ledgerOf(length);
  weighNgrams(weights, text, Math.max(0, from - NGRAM_REACH), from, to, ledger, 0);
  ledger.used = length;
  return { ledger, begin: -from, from, to };
}

/** Entries that are kept free in the ledger of a text that has gone on once. */
const ROOM = 4_096;

function ledgerOf(entries: number): Ledger {
  return { sums: new Int32Array(entries), numbers: new Int32Array(entries), used: 1 };
}

/** A ledger with the sums from `start` on and room for so many more: the same one, unless another look has gone on from there. */
function withRoom({ ledger, begin, to }: Sums, start: number, more: number): Pick<Sums, 'ledger' | 'begin'> {
  const used = begin + to + 1;
  if (ledger.used === used && used + more <= ledger.sums.length) return { ledger, begin };
  const next = ledgerOf(to - start + 1 + more + ROOM);
  next.sums.set(ledger.sums.subarray(begin + start, used));
  next.numbers.set(ledger.numbers.subarray(begin + start, used));
  return { ledger: next, begin: -start };
}
