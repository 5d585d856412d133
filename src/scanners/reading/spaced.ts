/** Joins letters that were spaced out: `i g n o r e`, `i.g.n.o.r.e`, `i-g-n-o-r-e`. */
import { MIN_SPACED } from './hints.ts';
import { replaced, type Replacement } from './replacements.ts';
import type { TracedText } from './offset-map.ts';

/** Letters of the longest run that is joined at once. */
const MAX_LETTERS = 256;
const LETTER = '[A-Za-z0-9@$!]';
/** It begins with letters, not with a list of numbers. */
const RUN = new RegExp(
  `(?<![A-Za-z0-9])(?=(?:[^A-Za-z].){0,2}[A-Za-z].[A-Za-z])${LETTER}([ \\n._*/|+~,-])${LETTER}(?![A-Za-z0-9])(?:\\1${LETTER}(?![A-Za-z0-9])){${MIN_SPACED - 2},${MAX_LETTERS}}`,
  'g',
);

/** `hasGap` tells whether more stood between two neighbors than is left of it: two spaces between words. */
export function* decodeSpaced(source: string, hasGap: (at: number) => boolean): Generator<TracedText> {
  for (const { tracked } of replaced(source, joints(source, hasGap))) yield tracked;
}

/** Every separator within a run is left out, or kept as the space between two words. */
function* joints(source: string, hasGap: (at: number) => boolean): Generator<Replacement> {
  for (const match of source.matchAll(RUN)) {
    const run = match[0];
    const isSpace = match[1] === ' ';
    for (let at = 0; at < run.length; at += 2) {
      const start = match.index + at;
      const isGap = isSpace && hasGap(start + 1);
      yield {
        start,
        end: Math.min(start + 2, match.index + run.length),
        text: run.charAt(at) + (isGap ? ' ' : ''),
      };
    }
  }
}
