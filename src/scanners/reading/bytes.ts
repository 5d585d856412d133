/** Bytes that were decoded block by block, kept as long as they make text. */
import { TracedText } from './offset-map.ts';

/** What one byte that is no text weighs against one that is; more of it than `MAX_NOISE` in a row ends a text. */
const NOISE = 4;
const MAX_NOISE = 10;

const PRINTABLE = /[\p{L}\p{M}\p{N}\p{P}\p{S}\p{Zs}\p{Cf}]/u;

/** Bytes of an encoded run, the first `length` of each, and where they stood; `ends` is where a byte's last character ends. */
export interface ByteRun {
  readonly length: number;
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/**
 * The text at the beginning of a run of bytes, up to where it turns into noise; null where it begins with noise. It is
 * read from left to right and depends on nothing further on, so that a run that still grows is decided as it comes.
 */
export function textOfBytes(run: ByteRun): TracedText | null {
  const { bytes, starts, ends, length: end } = run;
  const width = isWide(bytes, end) ? 2 : 1;
  const tracked = new TracedText();
  let noise = 0;
  for (let at = 0; at < end; ) {
    const { text, length } = width === 2 ? wideCharacter(bytes, at) : character(bytes, at, end);
    if (at + length > end) break;
    noise = text === '' ? noise + NOISE : Math.max(0, noise - 1);
    if (noise > MAX_NOISE) return tracked.length >= MIN_TEXT ? tracked : null;
    tracked.put(text, starts[at] ?? 0, ends[at + length - 1] ?? 0);
    at += length;
  }
  return tracked.length >= MIN_TEXT && noise < MAX_NOISE ? tracked : null;
}

/** What a run says, as far as it is read. */
export interface DecodedRun {
  readonly tracked: TracedText;
  /** Whether it goes on, too long to be read to its end. */
  readonly isCut: boolean;
}

/** Characters of the run that may be left of a byte or a character at its end. */
const MAX_LEFT = 16;

/** Whether what was read is text up to this place of the run. */
export function isReadTo(tracked: TracedText, end: number): boolean {
  return tracked.span(0, tracked.length).end > end - MAX_LEFT;
}

/** Bytes that are no text. */
export function noiseIn({ bytes, length: end }: ByteRun): number {
  const width = isWide(bytes, end) ? 2 : 1;
  let noise = 0;
  for (let at = 0; at < end; ) {
    const { text, length } = width === 2 ? wideCharacter(bytes, at) : character(bytes, at, end);
    if (text === '' && at + length <= end) noise += length;
    at += length;
  }
  return noise;
}

/** Characters of the shortest text. */
const MIN_TEXT = 6;

interface Character {
  /** Empty where it is none. */
  readonly text: string;
  /** Bytes it takes. */
  readonly length: number;
}

/** UTF-16, little-endian, as PowerShell encodes commands: every other byte is zero. */
function isWide(bytes: Uint8Array, end: number): boolean {
  if (end < WIDE_HEAD) return false;
  for (let at = 0; at + 1 < WIDE_HEAD; at += 2) if (!bytes[at] || bytes[at + 1] !== 0) return false;
  return true;
}

const WIDE_HEAD = 8;

function wideCharacter(bytes: Uint8Array, at: number): Character {
  const unit = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  const isPair = unit >= 0xd800 && unit <= 0xdbff;
  const point = isPair
    ? String.fromCharCode(unit, (bytes[at + 2] ?? 0) | ((bytes[at + 3] ?? 0) << 8)).codePointAt(0)
    : unit;
  return { text: printable(point ?? 0), length: isPair ? 4 : 2 };
}

/** One character of UTF-8 (RFC 3629). */
function character(bytes: Uint8Array, at: number, end: number): Character {
  const lead = bytes[at] ?? 0;
  if (lead < 0x80) return ASCII[lead] ?? NO_CHARACTER;
  const length = byteLength(lead);
  let point = lead & (0x7f >> length);
  for (let next = at + 1; next < at + length && next < end; next++) {
    const byte = bytes[next] ?? 0;
    if ((byte & 0xc0) !== 0x80) return NO_CHARACTER;
    point = (point << 6) | (byte & 0x3f);
  }
  const isShortest = length > 1 && point >= (SMALLEST[length] ?? 0) && point <= 0x10ffff;
  if (at + length <= end && !isShortest) return NO_CHARACTER;
  return { text: at + length <= end ? printable(point) : '', length };
}

const NO_CHARACTER: Character = { text: '', length: 1 };
/** Characters of one byte. */
const ASCII = Array.from({ length: 0x80 }, (_, point): Character => ({ text: printable(point), length: 1 }));
/** The first code point that needs as many bytes. */
const SMALLEST = [0, 0, 0x80, 0x800, 0x10000];

function byteLength(lead: number): number {
  if (lead < 0xc0 || lead >= 0xf8) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

function printable(point: number): string {
  if (point < 0x80) {
    const isText = (point >= 0x20 && point < 0x7f) || point === 0x09 || point === 0x0a || point === 0x0d;
    return isText ? String.fromCharCode(point) : '';
  }
  if (point >= 0xd800 && point <= 0xdfff) return '';
  const text = String.fromCodePoint(point);
  return PRINTABLE.test(text) ? text : '';
}
