/** What the model is told of a token: hashes of its form, its word, its neighbors and what is known of them. */
import { characters } from './characters.ts';
import { joined, spread } from './hash.ts';
import type { Sentence } from './sentence.ts';
import { MARK } from './tokens.ts';

/** The most that one token can have. */
export const MAX_FEATURES = 64;

/** Stand for the places before a sentence and behind it. */
const BEFORE = 0x5bd1e995;
const BEHIND = 0x1b873593;
const NO_FORM = 15;
const NO_FLAGS = 0x8000;
/** What the gazetteer says of a word, but not of a phrase that it begins. */
const NAME_FLAGS = 0x1fff;

/**
 * Writes the features of the token at `i`, gives how many. A word whose hash is 0 is one that the model shall not know
 * by itself: what tells of the word as a whole is left out.
 */
export function featuresOf(text: string, sentence: Sentence, i: number, out: Uint32Array): number {
  const { tokens, flags, phrases, style, first } = sentence;
  const { count, hashes, forms, apart } = tokens;
  const word = hashes[i] ?? 0;
  const before = i > 0 ? (hashes[i - 1] ?? 0) : BEFORE;
  const behind = i + 1 < count ? (hashes[i + 1] ?? 0) : BEHIND;
  const farBefore = i > 1 ? (hashes[i - 2] ?? 0) : BEFORE;
  const farBehind = i + 2 < count ? (hashes[i + 2] ?? 0) : BEHIND;
  const form = forms[i] ?? MARK;
  const formBefore = i > 0 ? (forms[i - 1] ?? MARK) : NO_FORM;
  const formBehind = i + 1 < count ? (forms[i + 1] ?? MARK) : NO_FORM;
  const knownBefore = i > 0 ? (flags[i - 1] ?? 0) : NO_FLAGS;
  const knownBehind = i + 1 < count ? (flags[i + 1] ?? 0) : NO_FLAGS;
  const known = flags[i] ?? 0;
  const phrase = phrases[i] ?? 0;
  const isFirst = i === first ? 1 : 0;
  const here = known | (form << 16);
  let n = 0;
  out[n++] = feature(1, 0);
  if (word !== 0) {
    out[n++] = feature(2, word);
    out[n++] = feature(3, joined(word, form));
    if (before !== 0) out[n++] = feature(4, joined(before, word));
    if (behind !== 0) out[n++] = feature(5, joined(word, behind));
  }
  if (before !== 0) {
    out[n++] = feature(6, before);
    out[n++] = feature(7, joined(before, here));
    out[n++] = feature(8, joined(before, form));
    if (farBefore !== 0) out[n++] = feature(9, joined(joined(farBefore, before), form));
  }
  if (behind !== 0) {
    out[n++] = feature(10, behind);
    out[n++] = feature(11, joined(behind, here));
    out[n++] = feature(12, joined(behind, form));
    if (farBehind !== 0) out[n++] = feature(13, joined(joined(behind, farBehind), form));
  }
  if (farBefore !== 0) out[n++] = feature(14, joined(farBefore, form));
  if (farBehind !== 0) out[n++] = feature(15, joined(farBehind, form));
  out[n++] = feature(16, here);
  out[n++] = feature(17, (formBefore << 8) | (form << 4) | formBehind);
  out[n++] = feature(19, joined(knownBefore, here));
  out[n++] = feature(20, joined(here, knownBehind));
  out[n++] = feature(21, joined(joined(knownBefore, knownBehind), form));
  out[n++] = feature(22, joined(joined(knownBefore, here), knownBehind));
  out[n++] = feature(23, phrase | (form << 8));
  out[n++] = feature(24, joined(here, (phrase << 4) | style));
  for (let bits = known & NAME_FLAGS; bits !== 0; bits &= bits - 1)
    out[n++] = feature(25, (bits & -bits) | (form << 16));
  out[n++] = feature(26, (style << 8) | (form << 4) | isFirst);
  out[n++] = feature(27, joined(here, (style << 1) | isFirst));
  const spaces = ((apart[i] ?? 0) << 1) | (i + 1 < count ? (apart[i + 1] ?? 0) : 1);
  out[n++] = feature(28, (spaces << 4) | form);
  if (formBefore === MARK) out[n++] = feature(29, joined(before, (spaces << 4) | form));
  if (formBehind === MARK) out[n++] = feature(30, joined(behind, (spaces << 4) | form));
  return form === MARK ? n : addLetters(text, tokens.starts[i] ?? 0, tokens.ends[i] ?? 0, form, out, n);
}

function feature(id: number, value: number): number {
  return spread(Math.imul(id, 0x9e3779b1) ^ value);
}

/** Beginnings and endings of a word, in plain small letters. */
function addLetters(
  text: string,
  start: number,
  end: number,
  form: number,
  out: Uint32Array,
  count: number,
): number {
  const { plain } = characters();
  let n = count;
  const length = Math.min(end - start, 12);
  let hash = 0;
  for (let at = end - 1, size = 1; at >= start && size <= 5; at--, size++) {
    hash = joined(hash, plain[text.charCodeAt(at)] ?? 0);
    out[n++] = feature(50 + size, hash);
    if (size === 3) out[n++] = feature(56, hash ^ form);
  }
  hash = 0;
  for (let at = start, size = 1; at < end && size <= 4; at++, size++) {
    hash = joined(hash, plain[text.charCodeAt(at)] ?? 0);
    if (size > 1) out[n++] = feature(60 + size, hash);
  }
  out[n++] = feature(70, (length << 4) | form);
  return n;
}
