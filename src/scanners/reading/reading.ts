/** One shared reading of a text: normalized once, decoded once, looked at by many, with the way back to raw positions. */
import type { Reading } from './layer.ts';
import { readLayers, type LayeredReading } from './layers.ts';
import { undecidedIn } from './undecided.ts';

export { CUT_MARGIN, cutBefore } from './cut.ts';
export { isSurelyUndecided } from './undecided.ts';

export type { Layer, LayerEncoding, Reading, Signal } from './layer.ts';
export { MAX_RUN, MAX_UNDECIDED, REACH } from './limits.ts';

let lastText = '';
let lastClear = 0;
let lastReading: LayeredReading | null = null;
/** From where on more text could change some layer of it; null while nobody has asked. */
let lastUndecided: number | null = null;

/**
 * Remembers the last text, so that scanners that look at the same text one after another share the work. What is encoded
 * before `clear`, a place that `cutBefore` has found, need not be told.
 */
export function readingOf(text: string, clear = 0): Reading {
  return layersOf(text, clear);
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
  clear = 0,
): number {
  const reading = layersOf(text, clear);
  if (layers === 'plain' || hold > 0) return Math.max(from, undecidedIn(reading, text.length, layers, hold));
  lastUndecided ??= undecidedIn(reading, text.length, 'all', 0);
  return Math.max(from, lastUndecided);
}

function layersOf(text: string, clear: number): LayeredReading {
  if (lastReading && clear === lastClear && text === lastText) return lastReading;
  const reading = readLayers(text, clear);
  lastText = text;
  lastClear = clear;
  lastReading = reading;
  lastUndecided = null;
  return reading;
}
