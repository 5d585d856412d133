/**
 * What a linear model sees of a text: hashed n-grams of characters and of words, each at the place where it is complete.
 *
 * An n-gram belongs to the position at which its last character is known, so that what a window of a text holds depends on
 * nothing behind its end: a text that still grows is scored as the whole will be.
 */

/** Longest n-gram of characters. */
const MAX_CHARACTERS = 5;
const MIN_CHARACTERS = 3;
/** FNV-1a, 32 bits. */
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;
/** Keeps words and characters apart. */
const WORD_SALT = 0x9e3779b9;
const PAIR_SALT = 0x7f4a7c15;

/** `visit(position, hash)` is told every n-gram; the hash has 32 bits. */
export function visitNgrams(text: string, visit: (position: number, hash: number) => void): void {
  let word = 0;
  let before = 0;
  for (let at = 0; at < text.length; at++) {
    visitCharacters(text, at, visit);
    const code = text.charCodeAt(at);
    if (isWordCharacter(code)) {
      word = step(word === 0 ? BASIS ^ WORD_SALT : word, code);
      continue;
    }
    if (word !== 0) {
      before = visitWord(at, word, before, visit);
      word = 0;
    }
  }
  if (word !== 0) visitWord(text.length - 1, word, before, visit);
}

/** Gives the word, as what stands before the next one. */
function visitWord(
  at: number,
  word: number,
  before: number,
  visit: (position: number, hash: number) => void,
): number {
  visit(at, mixed(word));
  if (before !== 0) visit(at, mixed(Math.imul(before ^ PAIR_SALT, PRIME) ^ word));
  return word;
}

function visitCharacters(text: string, at: number, visit: (position: number, hash: number) => void): void {
  let hash = BASIS;
  const first = Math.max(0, at - MAX_CHARACTERS + 1);
  for (let back = at; back >= first; back--) {
    hash = step(hash, text.charCodeAt(back));
    if (at - back + 1 >= MIN_CHARACTERS) visit(at, mixed(hash));
  }
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
