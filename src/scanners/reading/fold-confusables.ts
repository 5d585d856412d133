/** Folds look-alike letters of other scripts to Latin ones, where a word passes for a Latin word. */
import { foldable, lookAlikes } from './confusables.ts';
import type { TracedText } from './offset-map.ts';
import type { Signal } from './layer.ts';

/** How far a letter's neighborhood reaches: a fold depends on nothing further away. */
export const FOLD_REACH = 32;
/** So far as the text was written: marks that were taken out stand between neighbors without end. */
const WRITTEN_REACH = 1024;

const WORD = /[\p{L}\p{M}\p{N}]+/gu;
const FOREIGN = /\P{ASCII}/u;

/**
 * A letter is folded where Latin letters stand beside it in its word, and none that could not be folded; or where all of
 * its word looks Latin, and so do the words around. So Russian prose stays Russian.
 */
export function foldConfusables(tracked: TracedText, signals: Signal[]): string {
  const { text } = tracked;
  let folded = '';
  let done = 0;
  WORD.lastIndex = 0;
  for (let match = WORD.exec(text); match; match = WORD.exec(text)) {
    const word = match[0];
    if (!FOREIGN.test(word)) continue;
    const start = match.index;
    const latin = foldWord(tracked, word, start);
    if (latin === word) continue;
    folded += text.slice(done, start) + latin;
    done = start + word.length;
    signals.push({ kind: 'confusable', ...tracked.span(start, done) });
  }
  return done === 0 ? text : folded + text.slice(done);
}

function foldWord(tracked: TracedText, word: string, start: number): string {
  const kinds = kindsOf(word);
  if (!kinds.includes(FOLDABLE) && !kinds.includes(ALIKE)) return word;
  if (word.length <= FOLD_REACH && kinds.every((kind) => kind === ALIKE))
    return isAmongLatin(tracked, start, start + word.length) ? mapped(word, lookAlikes) : word;
  const written = tracked.span(start, start + word.length);
  const isCompact = written.end - written.start <= WRITTEN_REACH;
  let folded = '';
  for (let at = 0; at < word.length; at++) {
    const from = isCompact ? at - FOLD_REACH : firstNear(tracked, start + at) - start;
    const kind = kinds[at];
    const isFolded = (kind === ALIKE || kind === FOLDABLE) && isInLatinWord(kinds, at, from);
    folded += isFolded ? (foldable.get(word.charCodeAt(at)) ?? word.charAt(at)) : word.charAt(at);
  }
  return folded;
}

const NEUTRAL = 0;
const LATIN = 1;
const ALIKE = 2;
const FOLDABLE = 3;
const OTHER = 4;

function kindsOf(word: string): number[] {
  const kinds: number[] = [];
  for (let at = 0; at < word.length; at++) kinds.push(kindOf(word.charCodeAt(at)));
  return kinds;
}

function kindOf(unit: number): number {
  if (isLatin(unit)) return LATIN;
  if (unit < 0x80) return NEUTRAL;
  if (lookAlikes.has(unit)) return ALIKE;
  if (foldable.has(unit)) return FOLDABLE;
  // Latin letters with accents are Latin enough; marks belong to what they stand on.
  return unit < 0x250 || (unit >= 0x1e00 && unit < 0x1f00) || (unit >= 0x300 && unit < 0x370) ? LATIN : OTHER;
}

/** Where the neighborhood of what stands there begins. */
function firstNear(tracked: TracedText, at: number): number {
  const earliest = tracked.span(at, at + 1).start - WRITTEN_REACH;
  let first = Math.max(0, at - FOLD_REACH);
  while (first < at && tracked.span(first, first + 1).start < earliest) first++;
  return first;
}

function isInLatinWord(kinds: readonly number[], at: number, from: number): boolean {
  let hasLatin = false;
  const stop = Math.min(kinds.length, at + FOLD_REACH);
  for (let near = Math.max(0, from); near < stop; near++) {
    if (kinds[near] === OTHER) return false;
    hasLatin ||= kinds[near] === LATIN;
  }
  return hasLatin;
}

/** Whether the nearest letters before and behind are Latin; one side may have none. */
function isAmongLatin(tracked: TracedText, start: number, end: number): boolean {
  const { text } = tracked;
  const first = firstNear(tracked, start);
  let before: number | null = null;
  for (let at = start - 1; at >= first && before === null; at--) before = letterAt(text, at);
  let after: number | null = null;
  for (let at = end; at < Math.min(text.length, end + FOLD_REACH) && after === null; at++)
    after = letterAt(text, at);
  return (before ?? LATIN) === LATIN && (after ?? LATIN) === LATIN && (before ?? after) !== null;
}

function letterAt(text: string, at: number): number | null {
  const unit = text.charCodeAt(at);
  if (isLatin(unit)) return LATIN;
  if (unit < 0x80 || !/\p{L}/u.test(text.charAt(at))) return null;
  return kindOf(unit) === LATIN ? LATIN : OTHER;
}

function mapped(word: string, table: ReadonlyMap<number, string>): string {
  let result = '';
  for (let at = 0; at < word.length; at++) result += table.get(word.charCodeAt(at)) ?? word.charAt(at);
  return result;
}

function isLatin(unit: number): boolean {
  return (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a);
}
