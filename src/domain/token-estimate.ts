/** Estimates tokens for reservations, which are settled with what the provider tells: one look at each character. */

/** What a character is to a tokenizer: it decides whether a word goes on or a token begins. */
export const CHARACTER_KINDS = 9;

const SPACE = 0;
const LOWER = 1;
const UPPER = 2;
const DIGIT = 3;
const BREAK = 4;
const PUNCTUATION = 5;
const LATIN = 6;
const OTHER = 7;
const IDEOGRAPH = 8;

/** By UTF-16 code unit. */
const KINDS = new Uint8Array(0x1_0000);
for (let code = 0; code < KINDS.length; code++) KINDS[code] = kindOf(code);

function kindOf(code: number): number {
  if (code < 0x20) return BREAK;
  if (code === 0x20) return SPACE;
  if (code >= 0x30 && code <= 0x39) return DIGIT;
  if (code >= 0x41 && code <= 0x5a) return UPPER;
  if (code >= 0x61 && code <= 0x7a) return LOWER;
  if (code < 0x80) return PUNCTUATION;
  if (code < 0x250) return LATIN;
  return code >= 0x2e80 && code < 0xd800 ? IDEOGRAPH : OTHER;
}

/** Tokens that a character of one kind (column) adds behind one of another (row): `scripts/fit-token-estimate.ts` fits them. */
const WEIGHTS = Float64Array.from(
  [
    [0.03, 0.72, 0.24, 1.29, 0.02, 0.19, 0.02, 0.31, 0.02],
    [0.12, 0.04, 0.3, 0.55, 0.02, 0.02, 0.02, 0.02, 0.34],
    [0.54, 0.81, 0.23, 0.89, 1.55, 0.22, 2.91, 0.59, 0.02],
    [0.96, 1.59, 2.0, 0.24, 1.37, 0.47, 0.86, 2.47, 1.94],
    [1.09, 1.66, 1.04, 0.49, 0.02, 0.93, 0.38, 1.09, 0.02],
    [1.14, 1.43, 1.45, 1.61, 0.02, 0.03, 0.02, 2.26, 0.25],
    [0.87, 1.46, 1.17, 1.44, 0.02, 2.76, 0.02, 0.02, 0.4],
    [0.02, 0.22, 1.49, 0.02, 0.26, 1.02, 3.12, 0.36, 5.52],
    [0.5, 0.02, 0.02, 0.02, 0.02, 1.68, 0.4, 0.02, 0.73],
  ].flat(),
);

/** The o200k encoding's tokens, give or take a tenth for ordinary text of some hundred characters and more. */
export function estimateTokens(text: string): number {
  let tokens = 0;
  let row = BREAK * CHARACTER_KINDS;
  for (let at = 0; at < text.length; at++) {
    const kind = KINDS[text.charCodeAt(at)] ?? OTHER;
    tokens += WEIGHTS[row + kind] ?? 0;
    row = kind * CHARACTER_KINDS;
  }
  return Math.ceil(tokens);
}

/** How often each kind follows each other one, row by row: what the weights are fitted to. */
export function countPairs(text: string): Float64Array {
  const pairs = new Float64Array(CHARACTER_KINDS * CHARACTER_KINDS);
  let row = BREAK * CHARACTER_KINDS;
  for (let at = 0; at < text.length; at++) {
    const kind = KINDS[text.charCodeAt(at)] ?? OTHER;
    pairs[row + kind] = (pairs[row + kind] ?? 0) + 1;
    row = kind * CHARACTER_KINDS;
  }
  return pairs;
}
