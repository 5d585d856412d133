/** Where the reading of a text that still grows is not decided yet: its last word, and what may be going on in it. */
import type { CasedLayer, LayeredReading } from './layers.ts';
import { FOLD_REACH } from './fold-confusables.ts';
import { MIN_PAIRS } from './hints.ts';
import { CONTEXT, MAX_UNDECIDED } from './limits.ts';
import { foldable } from './confusables.ts';

/** A longer word is decided but for its end: no decoder looks further back. */
const MAX_WORD = 256;
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
  const tails = new Map<CasedLayer, number>();
  let undecided = length;
  const add = (layer: CasedLayer, tail: number, margin: number): void => {
    tails.set(layer, tail);
    undecided = Math.min(undecided, layer.rawSpan(Math.max(0, tail - margin), layer.text.length).start);
  };
  add(plain, tailOf(plain), layers === 'plain' ? hold : Math.max(hold, CONTEXT));
  if (layers === 'all') {
    for (const layer of decoded) {
      const open = layer.parent ? tails.get(layer.parent) : undefined;
      if (layer.parent === null || open === undefined || layer.endInParent < open) continue;
      if (layer.encoding === 'reversed') tails.set(layer, 0);
      else add(layer, tailOf(layer), Math.max(hold, CONTEXT));
    }
  }
  return Math.max(undecided, length - MAX_UNDECIDED);
}

/** Where the undecided end of one layer begins, in its own offsets. */
function tailOf({ cased }: CasedLayer): number {
  let tail = startOfToken(cased, cased.length);
  if (cased.length - tail > MAX_WORD) return foldTail(cased, cased.length - WORD_END);
  for (let count = 0; count < MAX_SHORT && tail > 0; count++) {
    const start = startOfToken(cased, tail - 1);
    const token = cased.slice(start, Math.min(tail - 1, start + 8));
    if (!SHORT.test(token) && token !== '') break;
    tail = start;
  }
  return foldTail(cased, tail);
}

/** Whether look-alikes are folded depends on what stands near them. */
function foldTail(cased: string, tail: number): number {
  const stop = Math.max(0, Math.min(tail, cased.length - 2 * FOLD_REACH));
  for (let at = stop; at < tail; at++) if (foldable.has(cased.charCodeAt(at))) return at;
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
