/** Decodes base64 and base64url, as far as it is text (RFC 4648 §4, §5; line breaks as in RFC 2045). */
import type { Span } from '../../domain/finding.ts';
import { isPlausible } from './plausible.ts';
import { isReadTo, noiseIn, textOfBytes, type ByteRun, type DecodedRun } from './bytes.ts';
import { MIN_BASE64 } from './hints.ts';
import { MAX_RUN } from './limits.ts';
import type { TracedText } from './offset-map.ts';

const sextets = new Int8Array(128).fill(-1);
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
for (let value = 0; value < 64; value++) sextets[ALPHABET.charCodeAt(value)] = value;
sextets[0x2d] = 62;
sextets[0x5f] = 63;

/** `runs` are the long runs of its alphabet in `source`; lines of one text count as one. What was read before is passed over. */
export function* decodeBase64(
  source: string,
  runs: readonly Span[],
  isRead: (start: number, end: number) => boolean,
): Generator<DecodedRun> {
  for (let index = 0; index < runs.length; index++) {
    const { start, end: firstEnd } = runs[index] ?? NOWHERE;
    const width = firstEnd - start;
    while (areLines(source, width, runs[index], runs[index + 1])) index++;
    const line = runs[index] ?? NOWHERE;
    const end =
      line.end - line.start === width ? endOfShortLine(source, line.end, line.start > start) : line.end;
    if (isRead(start, end)) continue;
    const tracked = decodeRun(source, start, Math.min(end, start + MAX_RUN));
    if (tracked) yield { tracked, isCut: end - start > MAX_RUN && isReadTo(tracked, start + MAX_RUN) };
  }
}

const NOWHERE: Span = { start: 0, end: 0 };

/** RFC 2045 has 76; what is wider is a run by itself, so that none is bound to one that began out of reach. */
const MAX_LINE = 1_024;

/** Lines have equal widths, of whole groups of four; the last may be shorter. */
function areLines(source: string, width: number, line: Span | undefined, next: Span | undefined): boolean {
  if (line === undefined || next === undefined || width % 4 !== 0 || width > MAX_LINE) return false;
  const follows = next.start === line.end + 1 && isSpace(source, line.end);
  return follows && line.end - line.start === width && next.end - next.start <= width;
}

/** A last line so short that it is no run belongs to the lines before it; behind a single one it must end as base64 does. */
function endOfShortLine(source: string, end: number, hasLines: boolean): number {
  if (!(hasLines ? source.charAt(end) === '\n' : isSpace(source, end))) return end;
  let last = end + 1;
  while (last < end + MIN_BASE64 && isInBase64(source, last)) last++;
  return hasLines || source.charAt(last) === '=' ? last : end;
}

function isSpace(source: string, at: number): boolean {
  const unit = source.charCodeAt(at);
  return unit === 0x20 || unit === 0x0a;
}

export function isInBase64(source: string, at: number): boolean {
  const unit = source.charCodeAt(at);
  return unit < 128 && (sextets[unit] ?? -1) >= 0;
}

/** What stands right before may belong to the alphabet too: a path, a name, a letter. */
function decodeRun(source: string, start: number, end: number): TracedText | null {
  let tries = 0;
  const stop = Math.min(end - MIN_BASE64, start + MAX_SKIPPED);
  for (let at = start; at <= stop && tries < MAX_TRIES; at++) {
    if (at - start >= 4 && !JOINTS.includes(source.charAt(at - 1))) continue;
    tries++;
    if (!isEncoded(source, at, Math.min(end, at + HEAD))) continue;
    const tracked = textOfBytes(bytesOf(source, at, end));
    if (tracked) return tracked;
  }
  return null;
}

/** Places in a run from which decoding is tried, and how far in they are. */
const MAX_TRIES = 12;
const MAX_SKIPPED = 64;
/** Characters that a text is judged by. */
const HEAD = 24;
const JOINTS = '+/-_';

function isEncoded(source: string, start: number, end: number): boolean {
  if (isName(source, start, end)) return false;
  const bytes = bytesOf(source, start, end);
  return noiseIn(bytes) <= MAX_NOISE && isPlausible(textOfBytes(bytes)?.text);
}

/** Bytes at its beginning that are none of the text: a stray one must not hide it. */
const MAX_NOISE = 1;

/** Words, paths and identifiers are written in the same alphabet; what is encoded has capitals and digits all over. */
function isName(source: string, start: number, end: number): boolean {
  let capitals = 0;
  let digits = 0;
  let small = 0;
  for (let at = start; at < end; at++) {
    const unit = source.charCodeAt(at);
    if (unit >= 0x61 && unit <= 0x7a) small++;
    else if (unit >= 0x41 && unit <= 0x5a) capitals++;
    else if (unit >= 0x30 && unit <= 0x39) digits++;
  }
  if (capitals === 0) return true;
  return small > 0 ? digits === 0 && capitals < 3 : digits < 3;
}

/** Of the longest run. Overwritten by the next: MUST NOT be kept. */
const bytes = new Uint8Array(MAX_RUN);
const starts = new Int32Array(MAX_RUN);
const ends = new Int32Array(MAX_RUN);

/** source[start, end) MUST NOT be longer than `MAX_RUN`. */
function bytesOf(source: string, start: number, end: number): ByteRun {
  let length = 0;
  let bits = 0;
  let value = 0;
  let from = start;
  for (let at = start; at < end; at++) {
    const unit = source.charCodeAt(at);
    const sextet = unit < 128 ? (sextets[unit] ?? -1) : -1;
    if (sextet < 0) continue;
    value = ((value << 6) | sextet) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[length] = (value >> bits) & 0xff;
      starts[length] = from;
      ends[length] = at + 1;
      length++;
      // The character's other bits belong to the next byte.
      from = bits === 0 ? at + 1 : at;
    }
  }
  return { bytes, starts, ends, length };
}
