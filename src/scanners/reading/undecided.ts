/** Where the reading of a text that still grows is not decided yet: its last word, and what may be going on in it. */
import type { CasedLayer } from './cased-layer.ts';
import type { LayeredReading } from './layers.ts';
import { FOLD_REACH } from './fold-confusables.ts';
import { MIN_PAIRS } from './hints.ts';
import { CONTEXT, MAX_CONTEXT, MAX_UNDECIDED } from './limits.ts';
import { foldable } from './confusables.ts';
import { contextStart } from './replacements.ts';

/** A longer word is decided but for its end: no decoder looks further back. */
const MAX_WORD = MAX_CONTEXT;
const WORD_END = 128;
/** Tokens that may be letters spaced out, or bytes apart. */
const SHORT = /^(?:[^\s]|(?:0x)?[0-9A-Fa-f]{2}[,:;]?|[^\s][,.])$/;
const MAX_SHORT = MIN_PAIRS + 2;

/** In raw offsets, for a text of `length` characters. */
export function undecidedIn(
  { plain, decoded }: LayeredReading,
  length: number,
  layers: 'all' | 'plain',
  hold: number,
): number {
  /** Raw offsets at which the undecided ends of layers begin. */
  const tails = new Map<CasedLayer, number>();
  let undecided = length;
  const add = (layer: CasedLayer): void => {
    const tail = tailOf(layer);
    const { length: end } = layer.text;
    tails.set(layer, layer.rawSpan(tail, end).start);
    const context = layers === 'all' ? contextStart(layer.cased, tail) : tail;
    const start = Math.max(0, Math.min(context, tail - hold));
    undecided = Math.min(undecided, layer.rawSpan(start, end).start);
  };
  add(plain);
  if (layers === 'all') {
    for (const layer of decoded) {
      const open = layer.parent ? tails.get(layer.parent) : undefined;
      // What is read backwards grows at its beginning, and nothing is decoded out of it.
      if (open === undefined || layer.encoding === 'reversed') continue;
      if (layer.rawSpan(0, layer.text.length).end >= open) add(layer);
    }
  }
  return Math.max(undecided, length - MAX_UNDECIDED);
}

/** Whether the reading at `at` is surely undecided, which is cheap to say: no layer is made. */
export function isSurelyUndecided(text: string, at: number): boolean {
  // What is no ASCII may be read as more characters than it is written in.
  return text.length - at < CONTEXT - 1 && !/\P{ASCII}/v.test(text.slice(at));
}

/** Where the undecided end of one layer begins, in its own offsets. */
function tailOf({ cased, unfolded }: CasedLayer): number {
  let tail = startOfToken(cased, cased.length);
  if (cased.length - tail > MAX_WORD) return foldTail(unfolded, cased.length - WORD_END);
  for (let count = 0; count < MAX_SHORT && tail > 0; count++) {
    const start = startOfToken(cased, tail - 1);
    const token = cased.slice(start, Math.min(tail - 1, start + 8));
    if (!SHORT.test(token) && token !== '') break;
    tail = start;
  }
  // More white space may turn a space into a line break.
  return foldTail(
    unfolded,
    isSpace(cased.charCodeAt(cased.length - 1)) ? Math.min(tail, cased.length - 1) : tail,
  );
}

/** Whether look-alikes are folded depends on what stands near them. */
function foldTail(unfolded: string, tail: number): number {
  const stop = Math.max(0, Math.min(tail, unfolded.length - 2 * FOLD_REACH));
  for (let at = stop; at < tail; at++) {
    const unit = unfolded.charCodeAt(at);
    if (unit >= 0x80 && foldable.has(unit)) return at;
  }
  return tail;
}

function startOfToken(cased: string, end: number): number {
  let at = end;
  while (at > 0 && !isSpace(cased.charCodeAt(at - 1)) && end - at <= MAX_WORD) at--;
  return at;
}

function isSpace(unit: number): boolean {
  return unit === 0x20 || unit === 0x0a;
}
