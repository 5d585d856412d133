/** Joins letters that were spaced out: `i g n o r e`, `i.g.n.o.r.e`, `i-g-n-o-r-e`. */
import type { Span } from '../../domain/finding.ts';
import { besideClear } from './beside-clear.ts';
import { MIN_SPACED } from './hints.ts';
import { MAX_RUN } from './limits.ts';
import type { Replacement } from './replacements.ts';

/** Letters of the longest run that is joined. */
const MAX_LETTERS = MAX_RUN / 2;
const SINGLE = '[A-Za-z0-9@$!](?![A-Za-z0-9])';
/** It begins with letters, not with a list of numbers; where signs stand between letters, words have spaces between. */
const RUN = new RegExp(
  `(?<![A-Za-z0-9])(?=(?:[^A-Za-z].){0,2}[A-Za-z].[A-Za-z])` +
    `(?:${SINGLE}(?:[ \\n]${SINGLE}){${MIN_SPACED - 1},${MAX_LETTERS}}` +
    `|(?<![A-Za-z0-9][._*/|+~,-])${SINGLE}([._*/|+~,-])${SINGLE}(?:(?:\\1|\\1?[ \\n])${SINGLE}){0,${MAX_LETTERS}})`,
  'g',
);

/**
 * What separates a letter from the next is left out, or is a space. `hasGap` tells whether more stood at a place than is
 * left of it: two spaces between words.
 */
export function spacedLetters(source: string, hasGap: (at: number) => boolean): readonly Replacement[] {
  const runs = Array.from(source.matchAll(RUN), ({ 0: run, 1: sign, index }) => ({
    start: index,
    end: index + run.length,
    isSigned: sign !== undefined,
  }));
  const found: Replacement[] = [];
  // Two letters with a sign between are an abbreviation, unless their like is near.
  for (const run of besideClear(runs, ({ start, end }) => end - start >= 2 * MIN_SPACED - 1))
    addSeparators(source, run, hasGap, found);
  return found;
}

function addSeparators(
  source: string,
  { start: first, end: last, isSigned }: Span & { readonly isSigned: boolean },
  hasGap: (at: number) => boolean,
  found: Replacement[],
): void {
  for (let at = first + 1; at < last; at++) {
    const start = at;
    while (SEPARATOR.test(source.charAt(at))) at++;
    const isGap = isSigned ? SPACE.test(source.slice(start, at)) : hasGap(start);
    found.push({ start, end: at, text: isGap ? ' ' : '', encoding: 'spaced' });
  }
}

const SEPARATOR = /[^A-Za-z0-9@$!]/;
const SPACE = /\s/;
