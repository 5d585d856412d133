/** What normalization has to do with a character, looked up by pages that are made when they are first needed. */
import { foldable, latinShapes } from './confusables.ts';

/** Stays as it is, unless a mark follows. */
export const KEPT = 0;
export const SPACE = 1;
export const BREAK = 2;
/** Dropped: joiners, fillers, format controls. */
export const ZERO_WIDTH = 3;
/** Dropped: changes the direction of what is shown. */
export const BIDI = 4;
export const VARIATION = 5;
export const TAG = 6;
/** Dropped without a word: what nobody means to hide by. */
export const CONTROL = 7;
/** Its compatibility form, or its Latin shape, is another text. */
export const CHANGED = 8;
/** May melt into what stands before it. */
export const MARK = 9;
/** Kept, and may stand for a Latin letter. */
export const CONFUSABLE = 10;
/** A surrogate: the code point decides. */
export const SURROGATE = 11;

const PAGE = 256;
const pages: (Uint8Array | undefined)[] = [];

/** Class of a code point; of a unit of a pair SURROGATE. */
export function classOf(point: number): number {
  const page = pages[point >> 8] ?? (pages[point >> 8] = makePage(point & ~(PAGE - 1)));
  return page[point & (PAGE - 1)] ?? KEPT;
}

/** A compatibility form that is longer is no letter but a sentence, such as the ligature of an Arabic blessing. */
const MAX_FORM = 6;

const changes = new Map<number, string>();

/** A code point as it is to be read: its Latin shape or its compatibility form. */
export function changed(point: number): string {
  if (point < 0x80) return String.fromCharCode(point);
  let text = changes.get(point);
  if (text === undefined) {
    text = change(point);
    // As many as Unicode has: a few thousand.
    if (classOf(point) === CHANGED) changes.set(point, text);
  }
  return text;
}

function change(point: number): string {
  const shape = latinShapes.get(point) ?? negativeLetter(point);
  if (shape !== undefined) return shape;
  const character = String.fromCodePoint(point);
  // Its lower case is longer than one character.
  if (character === 'İ') return 'I';
  const form = character.normalize('NFKC');
  return form.length > MAX_FORM ? character : form;
}

/** White and dark circles and squares with a capital in them, which have no compatibility form. */
function negativeLetter(point: number): string | undefined {
  for (const first of [0x1f150, 0x1f170]) {
    if (point >= first && point < first + 26) return String.fromCharCode(0x41 + point - first);
  }
  // Regional indicators, which are shown as letters where they make no flag.
  return point >= 0x1f1e6 && point <= 0x1f1ff ? String.fromCharCode(0x41 + point - 0x1f1e6) : undefined;
}

function makePage(first: number): Uint8Array {
  const page = new Uint8Array(PAGE);
  for (let at = 0; at < PAGE; at++) page[at] = makeClass(first + at);
  return page;
}

const SPACES = /[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2800]/;
const BREAKS = /[\n\v\f\r\u0085\u2028\u2029]/;
/** Joiners and fillers; the fillers among them are marks, which a class of characters must name by their codes. */
const INVISIBLES =
  /[\u00ad\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]|\u034f|\u115f|\u1160|\u17b4|\u17b5/;
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const VARIATION_SELECTORS = /[\u180b-\u180d\u180f\ufe00-\ufe0f]/;
const CONTROLS = /\p{Cc}/u;
/** Conjoining vowels and finals of Hangul melt into a syllable, as marks melt into a letter. */
const MARKS = /[\p{M}\u1161-\u11ff]/u;

function makeClass(point: number): number {
  if (point >= 0xd800 && point <= 0xdfff) return SURROGATE;
  if (point >= 0xe0000 && point <= 0xe007f) return TAG;
  if (point >= 0xe0100 && point <= 0xe01ef) return VARIATION;
  const character = String.fromCodePoint(point);
  if (SPACES.test(character)) return SPACE;
  if (BREAKS.test(character)) return BREAK;
  if (INVISIBLES.test(character)) return ZERO_WIDTH;
  if (BIDI_CONTROLS.test(character)) return BIDI;
  if (VARIATION_SELECTORS.test(character)) return VARIATION;
  if (CONTROLS.test(character)) return CONTROL;
  if (MARKS.test(character)) return MARK;
  if (foldable.has(point)) return CONFUSABLE;
  if (change(point) !== character) return CHANGED;
  return KEPT;
}
