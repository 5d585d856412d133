/** Reads digits and signs in the midst of letters as the letters they look like: `1gn0r3`. */
import { replaced, type Replacement } from './replacements.ts';
import type { TracedText } from './offset-map.ts';

/** Letters of the longest word that is read so. */
const MAX_WORD = 24;
const WORD = new RegExp(`(?<![\\w.@/:$!-])[A-Za-z013457@$!]{3,${MAX_WORD}}(?![\\w@/:-]|\\.\\w)`, 'g');
/** A digit or sign with letters on both sides, or several at all. */
const MIXED = /[A-Za-z][013457@$!]+[A-Za-z]|^[013457@$!][A-Za-z]+(?:[013457@$!]|[A-Za-z]{3})/;
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
const SUBSTITUTE = /[013457@$!]/g;
/** Two look like two l, not like two i. */
const TWO_ONES = /11/g;

export function* decodeLeet(source: string): Generator<TracedText> {
  for (const { tracked } of replaced(source, words(source))) yield tracked;
}

function* words(source: string): Generator<Replacement> {
  for (const match of source.matchAll(WORD)) {
    const word = match[0].replace(/!+$/, '');
    if (!MIXED.test(word)) continue;
    const read = word.replace(TWO_ONES, 'll');
    for (let at = 0; at < word.length; at++) {
      if (read.charAt(at) === word.charAt(at) && !LETTERS.has(word.charAt(at))) continue;
      const text = read.charAt(at).replace(SUBSTITUTE, (sign) => LETTERS.get(sign) ?? sign);
      yield { start: match.index + at, end: match.index + at + 1, text };
    }
  }
}
