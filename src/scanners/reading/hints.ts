/** One cheap pass over a text that says which decoders may find something. */
import type { Span } from '../../domain/finding.ts';
import { textOfUnits } from './units.ts';

/** Long runs. */
const HINT_RUNS = 1;
/** Bytes in hexadecimal that stand apart. */
export const HINT_HEX = 2;
/** URL percent encoding, HTML entities, backslash escapes. */
export const HINT_ESCAPES = 4;
export const HINT_SPACED = 8;
export const HINT_LEET = 16;
export const HINT_ROT13 = 32;
export const HINT_REVERSED = 64;

/** Shortest run that is decoded as base64. */
export const MIN_BASE64 = 16;

const LETTER = 1;
const DIGIT = 2;
/** Stands for a letter in leet words. */
const SIGN = 4;
/** Belongs to the alphabets of base64, beside letters and digits. */
const JOINT = 8;
const ESCAPE = 16;

const kinds = new Uint8Array(128);
for (let unit = 0x30; unit <= 0x39; unit++) kinds[unit] = DIGIT;
for (let unit = 0x41; unit <= 0x5a; unit++) kinds[unit] = kinds[unit + 32] = LETTER;
for (const sign of '@$!') kinds[sign.charCodeAt(0)] = SIGN;
for (const joint of '+/-_') kinds[joint.charCodeAt(0)] = JOINT;
for (const escape of '%&\\') kinds[escape.charCodeAt(0)] = ESCAPE;

/** Words that instructions to a model are made of, by which text in a simple disguise gives itself away. */
const TELLING = [
  'ignore',
  'disregard',
  'forget',
  'previous',
  'instruction',
  'instructions',
  'system',
  'prompt',
  'reveal',
  'password',
  'override',
  'bypass',
  'secret',
  'pretend',
  'developer',
  'jailbreak',
  'unrestricted',
  'confidential',
  'assistant',
  'restrictions',
  'guidelines',
];

/** Words in disguise, with the hint each gives. */
const disguised = new Map<string, number>();
for (const word of TELLING) {
  disguised.set(rot13(word), HINT_ROT13);
  disguised.set(Array.from(word).reverse().join(''), HINT_REVERSED);
}
/** Single letters that make a spaced-out word. */
export const MIN_SPACED = 4;
/** Bytes in a row that make a hexadecimal text. */
export const MIN_PAIRS = 8;
const MIN_WORD = 6;
const MAX_WORD = 12;
const BUCKETS = 2_048;
const buckets = new Uint8Array(BUCKETS);
for (const word of disguised.keys()) {
  let hash = 0;
  for (let at = 0; at < word.length; at++) hash = (Math.imul(hash, 31) + word.charCodeAt(at)) | 0;
  buckets[hash & (BUCKETS - 1)] = 1;
}

/** A disguised word. */
export interface Telltale extends Span {
  readonly hint: number;
}

export interface Hints {
  readonly flags: number;
  readonly telltales: readonly Telltale[];
  /** Long runs of what base64 is written in. */
  readonly runs: readonly Span[];
  /** Words of letters with digits or signs before some of them. */
  readonly mixed: readonly Span[];
}

const NO_SPANS: readonly never[] = [];
const NO_HINTS: Hints = { flags: 0, telltales: NO_SPANS, runs: NO_SPANS, mixed: NO_SPANS };

export function rot13(text: string): string {
  const units = new Uint16Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    const isLetter = unit < 128 && kinds[unit] === LETTER;
    units[at] = isLetter ? ((unit & 0x1f) > 13 ? unit - 13 : unit + 13) : unit;
  }
  return textOfUnits(units);
}

/** `text` in its own case, as encodings need it; no word or run may be under way at `from`. */
export function hintsOf(text: string, from = 0): Hints {
  const { length } = text;
  let flags = 0;
  let telltales: Telltale[] | null = null;
  let runs: Span[] | null = null;
  let mixed: Span[] | null = null;
  /** Characters in a row: of base64; letters, digits and signs. */
  let run = 0;
  let token = 0;
  let isMixed = false;
  /** Tokens in a row: of one character, of two. */
  let singles = 0;
  let pairs = 0;
  for (let at = from; at <= length; at++) {
    let unit = at < length ? text.charCodeAt(at) : 0;
    let kind = unit < 128 ? (kinds[unit] ?? 0) : 0;
    if (kind === LETTER) {
      const start = at;
      let hash = 0;
      while (kind === LETTER) {
        hash = (Math.imul(hash, 31) + (unit | 0x20)) | 0;
        at++;
        unit = at < length ? text.charCodeAt(at) : 0;
        kind = unit < 128 ? (kinds[unit] ?? 0) : 0;
      }
      const word = at - start;
      if (token !== 0) isMixed = true;
      run += word;
      token += word;
      if (word >= MIN_WORD && word <= MAX_WORD && buckets[hash & (BUCKETS - 1)] === 1) {
        const hint = disguised.get(text.slice(start, at).toLowerCase());
        if (hint !== undefined) {
          flags |= hint;
          (telltales ??= []).push({ hint, start, end: at });
        }
      }
    }
    if (kind === DIGIT || kind === JOINT) run++;
    else {
      if (run >= MIN_BASE64) (runs ??= []).push({ start: at - run, end: at });
      run = 0;
    }
    if (kind === DIGIT || kind === SIGN) {
      token++;
      continue;
    }
    if (token !== 0) {
      if (isMixed) (mixed ??= []).push({ start: at - token, end: at });
      singles = token === 1 ? singles + 1 : 0;
      pairs = token === 2 || (token === 4 && text.charCodeAt(at - 3) === 0x78) ? pairs + 1 : 0;
      if (singles === MIN_SPACED) flags |= HINT_SPACED;
      if (pairs === MIN_PAIRS) flags |= HINT_HEX;
      token = 0;
      isMixed = false;
    }
    if (kind === ESCAPE) flags |= HINT_ESCAPES;
  }
  if (runs) flags |= HINT_RUNS;
  if (mixed) flags |= HINT_LEET;
  if (flags === 0) return NO_HINTS;
  return { flags, telltales: telltales ?? NO_SPANS, runs: runs ?? NO_SPANS, mixed: mixed ?? NO_SPANS };
}
