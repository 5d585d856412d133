/** One shared reading of a text: normalized once, decoded once, looked at by many, with the way back to raw positions. */
import type { Span } from '../../domain/finding.ts';
import { readLayers, type LayeredReading } from './layers.ts';
import { undecidedIn } from './undecided.ts';

export { CONTEXT, MAX_RUN, MAX_UNDECIDED, REACH } from './limits.ts';

export type LayerEncoding =
  | 'plain'
  | 'base64'
  | 'hex'
  | 'url'
  | 'html'
  | 'rot13'
  | 'reversed'
  | 'escapes'
  | 'spaced'
  | 'leet';

export interface Layer {
  /** What a scanner looks at: normalized. */
  readonly text: string;
  readonly encoding: LayerEncoding;
  /** 0 for the plain layer; a layer decoded out of it 1; out of that one 2; at most 3. */
  readonly depth: number;
  /** Where text[start, end) stands in the raw text (UTF-16 offsets); in decoded layers the exact part of the encoded run. */
  rawSpan(start: number, end: number): Span;
}

/** Something in the raw text that hides, or was hidden. */
export interface Signal extends Span {
  readonly kind:
    | 'zero_width'
    | 'bidi'
    | 'tag'
    | 'variation_selector'
    | 'confusable'
    | 'encoded'
    | 'spaced'
    | 'leet';
}

export interface Reading {
  readonly plain: Layer;
  readonly decoded: readonly Layer[];
  readonly signals: readonly Signal[];
}

let lastText = '';
let lastReading: LayeredReading | null = null;

/** Remembers the last text, so that scanners that look at the same text one after another share the work. */
export function readingOf(text: string): Reading {
  return layersOf(text);
}

/**
 * The first raw index at or after `from` of which more text could still change the reading, in any layer or, where that is
 * all a scanner looks at, in the plain one. A scanner whose sightings end in what is undecided needs some characters of a
 * layer before it too: `hold` of them.
 */
export function undecidedRunFrom(
  text: string,
  from: number,
  layers: 'all' | 'plain' = 'all',
  hold = 0,
): number {
  return Math.max(from, undecidedIn(layersOf(text), text.length, layers, hold));
}

function layersOf(text: string): LayeredReading {
  if (lastReading && text === lastText) return lastReading;
  const reading = readLayers(text);
  lastText = text;
  lastReading = reading;
  return reading;
}
