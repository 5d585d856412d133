/** What invisible characters say: tags spell ASCII, variation selectors spell bytes, the rest only hides or turns. */
import { codePointIn } from '../../base/code-point.ts';
import { BIDI, classOf, VARIATION, ZERO_WIDTH } from './character-class.ts';
import type { Signal } from './layer.ts';

/** A text that was written in characters nobody sees. */
export interface Hidden {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const FIRST_TAG = 0xe0020;
const LAST_TAG = 0xe007e;
const CANCEL_TAG = 0xe007f;
const FLAG = '\u{1f3f4}';
const MAX_FLAG_TAGS = 7;
/** Fewer are an accident. */
const MIN_HIDDEN = 3;
const decoder = new TextDecoder('utf-8', { fatal: false });

/** Tells what source[start, end), a run of invisible characters, is made of, and what it spells. */
export function hiddenText(
  source: string,
  start: number,
  end: number,
  signals: Signal[],
  hidden: Hidden[],
): void {
  const kinds = new Set<Signal['kind']>();
  let tags = '';
  const bytes: number[] = [];
  let isFlag = false;
  for (let at = start; at < end; ) {
    const point = codePointIn(source, at) ?? 0;
    const kind = kindOf(point);
    if (kind) kinds.add(kind);
    if (point === CANCEL_TAG) isFlag = true;
    if (point >= FIRST_TAG && point <= LAST_TAG) tags += String.fromCharCode(point - 0xe0000);
    const byte = byteOf(point);
    if (byte !== null) bytes.push(byte);
    at += point > 0xffff ? 2 : 1;
  }
  if (isFlag && tags.length < MAX_FLAG_TAGS && source.slice(0, start).endsWith(FLAG)) return;
  if (tags.length >= MIN_HIDDEN) hidden.push({ text: tags, start, end });
  if (bytes.length >= MIN_HIDDEN) hidden.push({ text: decoder.decode(Uint8Array.from(bytes)), start, end });
  for (const kind of kinds) {
    if (isSuspicious(kind, source, start, end)) signals.push({ kind, start, end });
  }
}

function kindOf(point: number): Signal['kind'] | null {
  if (point >= 0xe0000) return point <= CANCEL_TAG ? 'tag' : 'variation_selector';
  switch (classOf(point)) {
    case ZERO_WIDTH:
      // A soft hyphen is how a word says where it may be broken.
      return point === 0xad ? null : 'zero_width';
    case BIDI:
      // Marks that say how neighbors run are everyday in right-to-left text.
      return point === 0x200e || point === 0x200f || point === 0x61c ? null : 'bidi';
    case VARIATION:
      return 'variation_selector';
    default:
      return null;
  }
}

/** Variation selectors 1 to 256 as the bytes 0 to 255, as they are used to smuggle data behind one character. */
function byteOf(point: number): number | null {
  if (point >= 0xfe00 && point <= 0xfe0f) return point - 0xfe00;
  return point >= 0xe0100 && point <= 0xe01ef ? point - 0xe0100 + 16 : null;
}

/** Joiners within an emoji or an Indic or Persian word, and one selector behind a sign, are as they should be. */
function isSuspicious(kind: Signal['kind'], source: string, start: number, end: number): boolean {
  if (kind === 'zero_width')
    return (
      end - start >= MIN_HIDDEN ||
      (start > 0 && isLetter(source, start - 1)) ||
      (start > 0 && isLetter(source, end))
    );
  if (kind === 'variation_selector') return end - start > 2;
  return true;
}

function isLetter(source: string, at: number): boolean {
  return /[A-Za-z]/.test(source.charAt(at));
}
