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

/** `visit(position, hash)` is told every n-gram, of three to five characters, of a word and of two; the hash has 32 bits. */
export function visitNgrams(text: string, visit: (position: number, hash: number) => void): void {
  let word = 0;
  let start = 0;
  let before = 0;
  let beforeEnd = 0;
  // The four characters before this one, the nearest first.
  let first = 0;
  let second = 0;
  let third = 0;
  let fourth = 0;
  for (let at = 0; at <= text.length; at++) {
    const code = at < text.length ? text.charCodeAt(at) : 0;
    if (at >= 2 && at < text.length) {
      const three = step(step(step(BASIS, code), first), second);
      visit(at, mixed(three));
      if (at >= 3) {
        const four = step(three, third);
        visit(at, mixed(four));
        if (at >= 4) visit(at, mixed(step(four, fourth)));
      }
    }
    fourth = third;
    third = second;
    second = first;
    first = code;
    if (isWordCharacter(code)) {
      if (word === 0) start = at;
      word = step(word === 0 ? BASIS ^ WORD_SALT : word, code);
      continue;
    }
    if (word === 0) continue;
    const isWord = at - start <= MAX_WORD;
    const place = Math.min(at, text.length - 1);
    if (isWord) visit(place, mixed(word));
    if (isWord && before !== 0 && start - beforeEnd <= MAX_GAP) visit(place, pairOf(before, word));
    before = isWord ? word : 0;
    beforeEnd = at;
    word = 0;
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
  return (h ^ (h >>> 16)) >>> 0;
}

function isWordCharacter(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x27 ||
    (code >= 0xc0 &&
      code !== 0xd7 &&
      code !== 0xf7 &&
      !(code >= 0x2000 && code <= 0x206f) &&
      !(code >= 0x3000 && code <= 0x303f))
  );
}
