/**
 * What a linear model sees of a text: hashed n-grams of characters and of words, each at the place where it is complete.
 *
 * An n-gram belongs to the position at which its last character is known, so that what a window of a text holds depends on
 * nothing behind its end: a text that still grows is scored as the whole will be.
 */

/** A longer word is no word but a run of something: its characters speak, not the whole of it. */
const MAX_WORD = 32;
/** Two words make a pair only this close to one another. */
const MAX_GAP = 4;
/**
 * No n-gram depends on more than this many characters before the place where it is complete: what a window holds is the
 * same wherever the text before it was cut off, as long as so many characters are left.
 */
export const NGRAM_REACH = 2 * (MAX_WORD + 1) + MAX_GAP;
/** FNV-1a, 32 bits. */
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;
/** Keeps words and characters apart. */
const WORD_SALT = 0x9e3779b9;
const PAIR_SALT = 0x7f4a7c15;

/** The most n-grams that are complete at one place: three of characters, a word, and it with the word before. */
const MOST_AT_ONE = 5;

/** The n-grams of a text: the hashes of those that are complete before `i` are the first `numbers[i]`. */
export interface Ngrams {
  readonly numbers: Int32Array;
  /** 32 bits each. Overwritten by the next look: MUST NOT be kept. */
  readonly hashes: Int32Array;
}

/** Kept from one look to the next, unless a text was very long. */
const KEPT = 1 << 16;
const kept = new Int32Array(KEPT);

/**
 * Every n-gram that is complete in text[from, to), of three to five characters, of a word and of two, as if the text began at
 * `from`; `numbers` counts from there too.
 */
export function ngramsOf(text: string, from = 0, to = text.length): Ngrams {
  const numbers = new Int32Array(to - from + 1);
  const most = MOST_AT_ONE * (to - from + 1);
  const hashes = most <= KEPT ? kept : new Int32Array(most);
  let number = 0;
  let word = 0;
  let start = 0;
  let before = 0;
  let beforeEnd = 0;
  // The four characters before this one, the nearest first.
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  // What the text's end completes belongs to its last character.
  const last = to === text.length ? to : to - 1;
  for (let at = from; at <= last; at++) {
    const code = at < to ? text.charCodeAt(at) : 0;
    if (at >= from + 2 && at < to) {
      const three = step(step(step(BASIS, code), first), second);
      hashes[number++] = mixed(three);
      if (at >= from + 3) {
        const four = step(three, third);
        hashes[number++] = mixed(four);
        if (at >= from + 4) hashes[number++] = mixed(step(four, fourth));
      }
    }
    fourth = third;
    third = second;
    second = first;
    first = code;
    if (isWordCharacter(code)) {
      if (word === 0) start = at;
      word = step(word === 0 ? BASIS ^ WORD_SALT : word, code);
    } else if (word !== 0) {
      const isWord = at - start <= MAX_WORD;
      if (isWord) hashes[number++] = mixed(word);
      if (isWord && before !== 0 && start - beforeEnd <= MAX_GAP) hashes[number++] = pairOf(before, word);
      before = isWord ? word : 0;
      beforeEnd = at;
      word = 0;
    }
    numbers[Math.min(at + 1, to) - from] = number;
  }
  return { numbers, hashes };
}

/** Counted on from place to place. */
export interface NgramSums {
  readonly sums: Int32Array;
  readonly numbers: Int32Array;
}

/**
 * What the n-grams weigh that are complete before each place of text[from, to], and how many they are, one pass for those of
 * `ngramsOf(text, origin, to)`. They are counted on from what stands in `sums` and `numbers` at `first`, which is `from`'s
 * place there; behind it both MUST have room for `to - from`.
 */
export function weighNgrams(
  weights: Int8Array,
  text: string,
  origin: number,
  from: number,
  to: number,
  { sums, numbers }: NgramSums,
  first: number,
): void {
  const mask = weights.length - 1;
  const behind = first - from;
  let sum = sums[first] ?? 0;
  let number = numbers[first] ?? 0;
  let word = 0;
  let start = 0;
  let before = 0;
  let beforeEnd = 0;
  let last1 = 0;
  let last2 = 0;
  let last3 = 0;
  let last4 = 0;
  const last = to === text.length ? to : to - 1;
  for (let at = origin; at <= last; at++) {
    const code = at < to ? text.charCodeAt(at) : 0;
    if (at >= origin + 2 && at < to) {
      const three = step(step(step(BASIS, code), last1), last2);
      sum += weights[mixed(three) & mask] ?? 0;
      number++;
      if (at >= origin + 3) {
        const four = step(three, last3);
        sum += weights[mixed(four) & mask] ?? 0;
        number++;
        if (at >= origin + 4) {
          sum += weights[mixed(step(four, last4)) & mask] ?? 0;
          number++;
        }
      }
    }
    last4 = last3;
    last3 = last2;
    last2 = last1;
    last1 = code;
    if (isWordCharacter(code)) {
      if (word === 0) start = at;
      word = step(word === 0 ? BASIS ^ WORD_SALT : word, code);
    } else if (word !== 0) {
      const isWord = at - start <= MAX_WORD;
      if (isWord) {
        sum += weights[mixed(word) & mask] ?? 0;
        number++;
        if (before !== 0 && start - beforeEnd <= MAX_GAP) {
          sum += weights[pairOf(before, word) & mask] ?? 0;
          number++;
        }
      }
      before = isWord ? word : 0;
      beforeEnd = at;
      word = 0;
    }
    const end = at < to ? at + 1 : to;
    if (end > from) {
      sums[end + behind] = sum;
      numbers[end + behind] = number;
    } else if (end === from) {
      sum = sums[first] ?? 0;
      number = numbers[first] ?? 0;
    }
  }
}

function pairOf(before: number, word: number): number {
  return mixed(Math.imul(before ^ PAIR_SALT, PRIME) ^ word);
}

function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, PRIME);
}

/** Spreads what differs in the last character over all bits. */
function mixed(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const isAsciiWord = new Uint8Array(128);
for (let code = 0x30; code <= 0x39; code++) isAsciiWord[code] = 1;
for (let code = 0x61; code <= 0x7a; code++) isAsciiWord[code] = isAsciiWord[code - 32] = 1;
isAsciiWord[0x27] = 1;

function isWordCharacter(code: number): boolean {
  if (code < 128) return isAsciiWord[code] === 1;
  return (
    code >= 0xc0 &&
    code !== 0xd7 &&
    code !== 0xf7 &&
    !(code >= 0x2000 && code <= 0x206f) &&
    !(code >= 0x3000 && code <= 0x303f)
  );
}
