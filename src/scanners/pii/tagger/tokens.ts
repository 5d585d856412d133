/** Cuts a sentence into words, numbers, marks and addresses, with what can be told of each by its form. */
import { CASELESS, characters, DIGIT, LINE_END, LOWER, OTHER, SPACE, UPPER } from './characters.ts';
import { BASIS, spread, step } from './hash.ts';
import { MAX_SENTENCE } from './sentences.ts';

/** Forms of a token. */
export const MARK = 0;
export const SMALL = 1;
export const CAPITALIZED = 2;
export const CAPITALS = 3;
export const ONE_CAPITAL = 4;
/** Capitals inside, as in `McDonald`. */
export const MIXED = 5;
export const NUMBER = 6;
/** Letters with digits or underscores. */
export const CODE = 7;
export const WITHOUT_CASE = 8;
/** A web or mail address. */
export const ADDRESS = 9;

/** The tokens of one sentence, a column for each property: a sentence has at most as many as characters. */
export interface Tokens {
  count: number;
  /** The sentence's UTF-16 code units, and the same memory as bytes: numbers are read faster than a text's characters. */
  readonly codes: Uint16Array;
  readonly bytes: Buffer;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly forms: Uint8Array;
  /** Of the plain small letters. */
  readonly hashes: Uint32Array;
  /** 1 where white space, or nothing, stands before it. */
  readonly apart: Uint8Array;
}

/** Longer runs of letters are cut: nobody is called so. */
const MAX_WORD = 48;
/** What every web or mail address has. */
const IN_ADDRESS = /@|:\/\/|www\./;
const APOSTROPHES: ReadonlySet<number> = new Set([0x27, 0x2019, 0xb4]);

export function createTokens(): Tokens {
  const codes = new Uint16Array(MAX_SENTENCE);
  return {
    count: 0,
    codes,
    bytes: Buffer.from(codes.buffer),
    starts: new Int32Array(MAX_SENTENCE),
    ends: new Int32Array(MAX_SENTENCE),
    forms: new Uint8Array(MAX_SENTENCE),
    hashes: new Uint32Array(MAX_SENTENCE),
    apart: new Uint8Array(MAX_SENTENCE),
  };
}

/** Fills `tokens` with those of text[start, end), which is one sentence; nothing outside of it is looked at. */
export function readTokens(text: string, start: number, end: number, tokens: Tokens): void {
  const { classes } = characters();
  const { codes, bytes } = tokens;
  const length = end - start;
  const sentence = text.slice(start, end);
  bytes.write(sentence, 'utf16le');
  const mayHoldAddress = IN_ADDRESS.test(sentence);
  tokens.count = 0;
  let isApart = true;
  for (let at = 0; at < length; ) {
    const code = codes[at] ?? 0;
    const kind = classes[code] ?? OTHER;
    if (kind === SPACE || kind === LINE_END) {
      at++;
      isApart = true;
      continue;
    }
    tokens.starts[tokens.count] = start + at;
    tokens.apart[tokens.count] = isApart ? 1 : 0;
    at =
      kind === OTHER && code !== 0x5f
        ? readMark(at, length, tokens)
        : readWord(at, length, mayHoldAddress, tokens);
    tokens.ends[tokens.count] = start + at;
    tokens.count++;
    isApart = false;
  }
}

function readMark(at: number, end: number, tokens: Tokens): number {
  const code = tokens.codes[at] ?? 0;
  const isPair = code >= 0xd800 && code <= 0xdbff && at + 1 < end;
  tokens.forms[tokens.count] = MARK;
  // All that lies beyond the first plane is one sort of thing here: a picture.
  tokens.hashes[tokens.count] = spread(step(BASIS, isPair ? 0xd83d : code));
  return at + (isPair ? 2 : 1);
}

function readWord(start: number, end: number, mayHoldAddress: boolean, tokens: Tokens): number {
  const { codes } = tokens;
  const address = mayHoldAddress ? endOfAddress(codes, start, end) : 0;
  if (address > 0) {
    tokens.forms[tokens.count] = ADDRESS;
    tokens.hashes[tokens.count] = spread(BASIS);
    return address;
  }
  const { classes, plain } = characters();
  const limit = Math.min(end, start + MAX_WORD);
  const first = codes[start] ?? 0;
  const isWideWord = isWide(first);
  let hash = BASIS;
  let seen = 0;
  let capitals = 0;
  let at = start;
  for (; at < limit; at++) {
    const code = codes[at] ?? 0;
    const kind = code === 0x5f ? DIGIT : (classes[code] ?? OTHER);
    if (kind === OTHER || kind === SPACE || kind === LINE_END) {
      if (!isApostropheInside(codes, start, at, end)) break;
    } else if (kind === UPPER) capitals++;
    // Scripts that set no space between words stand apart from those that do.
    if (isWide(code) !== isWideWord) break;
    seen |= 1 << kind;
    const letter = plain[code] ?? code;
    if (letter !== 0) hash = step(hash, letter);
  }
  const form = formOf(seen, capitals, classes[first] === UPPER, at - start);
  tokens.forms[tokens.count] = form;
  // Of a number it matters how long it is.
  tokens.hashes[tokens.count] = spread(form === NUMBER ? step(BASIS, at - start) : hash);
  return at;
}

function formOf(seen: number, capitals: number, isCapitalFirst: boolean, length: number): number {
  if ((seen & (1 << DIGIT)) !== 0) return (seen & ~(1 << DIGIT)) === 0 ? NUMBER : CODE;
  if (capitals === 0) return (seen & (1 << LOWER)) === 0 ? WITHOUT_CASE : SMALL;
  if (length === 1) return ONE_CAPITAL;
  if ((seen & (1 << LOWER)) === 0) return CAPITALS;
  return isCapitalFirst && capitals === 1 ? CAPITALIZED : MIXED;
}

/** Of `O'Brien` and `d'Angelo`, not of `John's`: a letter or two before, three or more behind. */
function isApostropheInside(codes: Uint16Array, start: number, at: number, end: number): boolean {
  if (at === start || at - start > 2 || at + 3 >= end || !APOSTROPHES.has(codes[at] ?? 0)) return false;
  const { classes } = characters();
  for (let i = at + 1; i <= at + 3; i++) {
    const kind = classes[codes[i] ?? 0];
    if (kind !== LOWER && kind !== UPPER && kind !== CASELESS) return false;
  }
  return true;
}

/** The end of `https://…`, `www.…` or `name@…` where one begins at `start`; 0 where none does. */
function endOfAddress(codes: Uint16Array, start: number, end: number): number {
  let at = start;
  while (at < end && isLocal(codes[at] ?? 0)) at++;
  const isMail = at + 1 < end && codes[at] === 0x40 && isLocal(codes[at + 1] ?? 0);
  const isUrl =
    (at + 2 < end && stands(codes, at, '://')) || (at > start + 4 && stands(codes, start, 'www.'));
  if (!isMail && !isUrl) return 0;
  while (at < end && isAddress(codes[at] ?? 0)) at++;
  return at;
}

function stands(codes: Uint16Array, at: number, mark: string): boolean {
  for (let i = 0; i < mark.length; i++) if (codes[at + i] !== mark.charCodeAt(i)) return false;
  return true;
}

/** Of Chinese, Japanese, Korean and the like. */
function isWide(code: number): boolean {
  return code >= 0x2e80 && code < 0xd800;
}

/** Letters, digits and . _ % + - */
function isLocal(code: number): boolean {
  if (code >= 0x61 && code <= 0x7a) return true;
  if (code >= 0x30 && code <= 0x39) return true;
  if (code >= 0x41 && code <= 0x5a) return true;
  return code === 0x2e || code === 0x5f || code === 0x25 || code === 0x2b || code === 0x2d;
}

/** Visible ASCII, but for quotes and brackets. */
function isAddress(code: number): boolean {
  if (code <= 0x20 || code >= 0x7f || code === 0x22 || code === 0x27 || code === 0x3c || code === 0x3e)
    return false;
  return code !== 0x28 && code !== 0x29 && code !== 0x2c && code !== 0x5b && code !== 0x5d && code !== 0x60;
}
