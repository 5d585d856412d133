/** Reads digits and signs in the midst of letters as the letters they look like: `1gn0r3`. */
import type { Span } from '../../domain/finding.ts';
import { besideClear } from './beside-clear.ts';
import type { Replacement } from './replacements.ts';

/** Letters of the longest word that is read so. */
const MAX_WORD = 24;
const WORD = /^(?!0[xX]|\d+[xX]\d|@)[A-Za-z013457@$!]{3,}$/;
/** What stands beside an address, a path, an identifier, an escape. */
const BEFORE = /[\w.@/:$!%&#\\-]/;
const BEHIND = /^(?:[\w@]|[./:-]\w)/;
/** A digit or sign between letters. What only begins with digits may be an ordinal or a measure. */
const CLEAR = /[A-Za-z][013457@$!]+[A-Za-z]|^\$[A-Za-z]{3}/;
/** Capitals all over, as in base64. */
const ENCODED = /[a-z][A-Z].*[a-z][A-Z]/;
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['0', 'o'],
  ['1', 'i'],
  ['3', 'e'],
  ['4', 'a'],
  ['5', 's'],
  ['7', 't'],
  ['@', 'a'],
  ['$', 's'],
  ['!', 'i'],
]);
/** Two look like two l, not like two i. */
const TWO_ONES = /11/g;

/** `mixed` are the words that have digits or signs before some of their letters. */
export function leetLetters(source: string, mixed: readonly Span[]): readonly Replacement[] {
  const found: Replacement[] = [];
  const words = mixed.filter((span) => isWord(source, span));
  for (const { start, end } of besideClear(words, (span) => CLEAR.test(source.slice(span.start, span.end))))
    addLetters(source.slice(start, end), start, found);
  return found;
}

function isWord(source: string, { start, end }: Span): boolean {
  return (
    end - start <= MAX_WORD &&
    !BEFORE.test(source.charAt(start - 1)) &&
    !BEHIND.test(source.slice(end, end + 2)) &&
    WORD.test(source.slice(start, end)) &&
    !ENCODED.test(source.slice(start, end))
  );
}

function addLetters(word: string, start: number, found: Replacement[]): void {
  const last = endOfWord(word);
  const read = word.replace(TWO_ONES, 'll');
  for (let at = 0; at < last; at++) {
    const sign = read.charAt(at);
    const text = LETTERS.get(sign) ?? sign;
    if (text !== word.charAt(at))
      found.push({ start: start + at, end: start + at + 1, text, encoding: 'leet' });
  }
}

/** Exclamation marks behind a word are just that. */
function endOfWord(word: string): number {
  let end = word.length;
  while (word.charAt(end - 1) === '!') end--;
  return end;
}
