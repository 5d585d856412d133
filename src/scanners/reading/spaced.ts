/** Joins letters that were spaced out: `i g n o r e`, `i.g.n.o.r.e`, `i-g-n-o-r-e`. */
import { MIN_SPACED } from './hints.ts';
import { replaced, type Replaced, type Replacement } from './replacements.ts';

/** Letters of the longest run that is joined at once. */
const MAX_LETTERS = 256;
const SINGLE = '[A-Za-z0-9@$!](?![A-Za-z0-9])';
/** It begins with letters, not with a list of numbers; where signs stand between letters, words have spaces between. */
const RUN = new RegExp(
  `(?<![A-Za-z0-9])(?=(?:[^A-Za-z].){0,2}[A-Za-z].[A-Za-z])` +
    `(?:${SINGLE}(?:[ \\n]${SINGLE}){${MIN_SPACED - 1},${MAX_LETTERS}}` +
    `|${SINGLE}([._*/|+~,-])${SINGLE}(?:(?:\\1|\\1?[ \\n])${SINGLE}){${MIN_SPACED - 2},${MAX_LETTERS}})`,
  'g',
);

/** `hasGap` tells whether more stood at a place than is left of it: two spaces between words. */
export function decodeSpaced(source: string, hasGap: (at: number) => boolean): Generator<Replaced> {
  return replaced(source, letters(source, hasGap));
}

/** What separates a letter from the next is left out, or is a space. */
function* letters(source: string, hasGap: (at: number) => boolean): Generator<Replacement> {
  for (const { 0: run, 1: sign, index } of source.matchAll(RUN)) {
    for (let at = 1; at < run.length; at++) {
      const start = at;
      while (SEPARATOR.test(run.charAt(at))) at++;
      const isGap = sign === undefined ? hasGap(index + start) : SPACE.test(run.slice(start, at));
      yield { start: index + start, end: index + at, text: isGap ? ' ' : '', encoding: 'spaced' };
    }
  }
}

const SEPARATOR = /[^A-Za-z0-9@$!]/;
const SPACE = /\s/;
