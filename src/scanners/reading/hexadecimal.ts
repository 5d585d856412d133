/** Decodes bytes in hexadecimal, in one run or apart (`69676e`, `69 67 6e`, `0x69, 0x67`), as far as they are text. */
import type { Span } from '../../domain/finding.ts';
import { isReadTo, textOfBytes, type DecodedRun } from './bytes.ts';
import { MIN_PAIRS } from './hints.ts';
import { MAX_RUN } from './limits.ts';
import { isPlausible } from './plausible.ts';
import type { TracedText } from './offset-map.ts';

const MIN_DIGITS = 20;
const RUN = new RegExp(`[0-9A-Fa-f]{${MIN_DIGITS},}`, 'g');
/** Bytes apart, all of them with a prefix or none. */
const APART = new RegExp(
  ['0x', ''].map((prefix) => `(?<![0-9A-Za-z])${pairs(`${prefix}[0-9A-Fa-f]{2}`)}`).join('|'),
  'g',
);

function pairs(pair: string): string {
  return `${pair}(?:[ ,:;\\n-]{1,2}${pair}(?![0-9A-Za-z])){${MIN_PAIRS - 1},}`;
}

/** `runs` are the long runs of letters and digits in `source`. What was read before is passed over. */
export function* decodeHexRuns(
  source: string,
  runs: readonly Span[],
  isRead: (start: number, end: number) => boolean,
): Generator<DecodedRun> {
  for (const { start, end } of runs) {
    if (end - start < MIN_DIGITS || isRead(start, end)) continue;
    for (const run of source.slice(start, end).matchAll(RUN)) {
      const from = start + run.index;
      const to = from + Math.min(run[0].length, MAX_RUN);
      const tracked = decodeRun(source, from, to, 0) ?? decodeRun(source, from, to, 1);
      if (tracked) yield { tracked, isCut: run[0].length > MAX_RUN && isReadTo(tracked, to) };
    }
  }
}

export function* decodeHexPairs(source: string): Generator<DecodedRun> {
  for (const run of source.matchAll(APART)) {
    const to = run.index + Math.min(run[0].length, MAX_RUN);
    const tracked = decodeRun(source, run.index, to, 0);
    if (tracked) yield { tracked, isCut: run[0].length > MAX_RUN && isReadTo(tracked, to) };
  }
}

/** Characters that a text is judged by. */
const HEAD = 18;

/** `phase` digits are left out: what stands right before may be a digit too. */
function decodeRun(source: string, start: number, end: number, phase: number): TracedText | null {
  const places: number[] = [];
  for (let at = start; at < end; at++) {
    if (source.charAt(at) === '0' && source.charAt(at + 1) === 'x') at++;
    else if (digitOf(source.charCodeAt(at)) >= 0) places.push(at);
  }
  const size = (places.length - phase) >> 1;
  const bytes = new Uint8Array(size);
  const starts = new Int32Array(size);
  const ends = new Int32Array(size);
  for (let at = 0; at < size; at++) {
    const high = places[phase + 2 * at] ?? 0;
    const low = places[phase + 2 * at + 1] ?? 0;
    bytes[at] = digitOf(source.charCodeAt(high)) * 16 + digitOf(source.charCodeAt(low));
    starts[at] = high;
    ends[at] = low + 1;
  }
  const tracked = textOfBytes({ bytes, starts, ends, length: size });
  return tracked && isPlausible(tracked.text.slice(0, HEAD)) ? tracked : null;
}

function digitOf(unit: number): number {
  if (unit >= 0x30 && unit <= 0x39) return unit - 0x30;
  const letter = unit | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
