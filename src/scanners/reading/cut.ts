/** Where a text can be cut so that what stands behind reads as it does in the whole. */
import { classOf, KEPT } from './character-class.ts';
import { isInBase64 } from './base64.ts';
import { MIN_BASE64 } from './hints.ts';

/** As far as a cut is looked for: prose has one every few words. */
const MAX_SEARCH = 1_024;
/** Characters behind a cut in which look-alikes and words in disguise may still be read as their neighbors are. */
export const CUT_MARGIN = 128;

/**
 * The last place up to `at` at which nothing is under way: no run of white space, no encoded run or lines of one, no bytes or
 * letters apart. From `CUT_MARGIN` characters behind it the text reads as it does in the whole, as long as nothing encoded
 * reaches from before it to there. -1 where there is no such place.
 */
export function cutBefore(text: string, at: number): number {
  const stop = Math.max(MIN_BASE64, at - MAX_SEARCH);
  for (let cut = at; cut >= stop; cut--) if (isCut(text, cut)) return cut;
  return -1;
}

function isCut(text: string, cut: number): boolean {
  const before = text.charCodeAt(cut - 1);
  const behind = text.charCodeAt(cut);
  // What is kept as it is, and is no ASCII, ends whatever is encoded.
  if (before >= 0x80) return isForeign(before) && (isSpace(behind) || isForeign(behind));
  // The last letter of a word: no letter by itself, and no digit of a byte.
  if (!isSpace(behind) || !isLateLetter(before) || !isLetter(text.charCodeAt(cut - 2))) return false;
  for (let back = 3; back <= MIN_BASE64; back++) {
    const unit = text.charCodeAt(cut - back);
    if (isSpace(unit) || (unit > 0x20 && unit < 0x7f && !isInBase64(text, cut - back))) return true;
  }
  return false;
}

function isForeign(unit: number): boolean {
  return unit >= 0x80 && classOf(unit) === KEPT;
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a;
}

function isLetter(unit: number): boolean {
  const small = unit | 0x20;
  return small >= 0x61 && small <= 0x7a;
}

/** From G on. */
function isLateLetter(unit: number): boolean {
  return isLetter(unit) && (unit | 0x20) > 0x66;
}
