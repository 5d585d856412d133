/** Where a growing text may still become a date, an age or a street: what is written in several words. */
import { MONTH_NAMES } from './month-names.ts';

/** Characters of the longest phrase, and what decides it. */
export const PHRASE = 72;

const NUMBER_WORD = /\d[^\s\d]{0,6}$/;
const LAST_LETTERS = /[\p{L}\p{M}]+(?=[^\p{L}\p{M}]*$)/u;
const CAPITAL = /\p{Lu}/u;
const SMALL_WORDS: ReadonlySet<string> = new Set(
  (
    'of de di do da d del dello della degli dei la le les l du des dos das los las n nº ' +
    'year years yr yrs jahre jahren jaar ans anos años anni år ' +
    'bis ter quater rue avenue av boulevard bd place allée chemin impasse quai route cours square ' +
    'calle avenida plaza paseo rua travessa praça via viale piazza corso apt suite unit flat'
  ).split(' '),
);

/**
 * The first offset of a phrase that the end of `text` may go on with: back over words that such phrases are made of. The
 * last word may be the beginning of any word. Streets are made of words with capitals: they make this hold more.
 */
export function undecidedPhraseFrom(text: string, from: number, hasStreets: boolean): number {
  const stop = Math.max(from, text.length - PHRASE);
  let open = text.length;
  let start = text.length;
  while (start > stop) {
    let end = start;
    while (end > stop && isSpace(text.charCodeAt(end - 1))) end--;
    const isLast = start === text.length;
    start = end;
    while (start > stop && !isSpace(text.charCodeAt(start - 1)) && !isLineEnd(text.charCodeAt(start - 1)))
      start--;
    if (start === end) return isLast ? end : open;
    // Cut off here, a word cannot be told; what begins further back is decided.
    if (start === stop && stop > from) return stop;
    const isPartial = isLast && end === text.length;
    if (!isPartial && !mayBelong(text.slice(start, end), hasStreets)) return open;
    open = start;
  }
  return open;
}

function mayBelong(word: string, hasStreets: boolean): boolean {
  if (NUMBER_WORD.test(word)) return true;
  const letters = LAST_LETTERS.exec(word)?.[0];
  if (letters === undefined) return true;
  const small = letters.toLowerCase();
  if (MONTH_NAMES.has(small) || SMALL_WORDS.has(small)) return true;
  return hasStreets && CAPITAL.test(word);
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0xa0;
}

function isLineEnd(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x09;
}
