/** Cuts a text into sentences by what stands in them and no more, so that a sentence that has ended is decided. */
import { characters, DIGIT, LINE_END, LOWER, SPACE, UPPER } from './characters.ts';

/** Characters of the longest sentence; what is longer is cut at a pause. */
export const MAX_SENTENCE = 300;
/** A pause is looked for in this many characters before the cut. */
const PAUSE_WITHIN = 100;

const END_MARKS: ReadonlySet<number> = new Set([0x2e, 0x21, 0x3f, 0x2026]);
/** Of scripts that set no space behind them. */
const WIDE_END_MARKS: ReadonlySet<number> = new Set([0x3002, 0xff01, 0xff1f, 0x0964]);
const CLOSERS: ReadonlySet<number> = new Set([0x22, 0x27, 0x29, 0x5d, 0x201d, 0x2019, 0xbb]);
/** Words that a full stop belongs to, rather than the sentence. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  (
    'mr mrs ms mx dr prof st sr jr hr fr frau herr dipl ing mag sra srta dra mme mlle sig dott rev hon gen col capt lt ' +
    'sgt maj pres gov sen rep vs etc no nr inc ltd co corp bros ave blvd rd mt ft jan feb mar apr jun jul aug sep sept ' +
    'oct nov dec approx dept est tel ext attn bzw ca z.b u.a'
  ).split(' '),
);
const LONGEST_ABBREVIATION = 6;

/**
 * The offset behind the sentence that begins at `start`; null where the text ends before the sentence is known to end.
 * It depends on nothing before `start` and nothing behind the offset it gives.
 */
export function endOfSentence(text: string, start: number): number | null {
  const { classes } = characters();
  const limit = Math.min(text.length, start + MAX_SENTENCE);
  for (let at = start; at < limit; at++) {
    const code = text.charCodeAt(at);
    const kind = classes[code];
    if (kind === LINE_END || WIDE_END_MARKS.has(code)) return at + 1;
    if (kind !== SPACE || at === start) continue;
    if (isEndMarkBefore(text, at, start)) return at + 1;
  }
  return text.length > start + MAX_SENTENCE ? pauseBefore(text, start) : null;
}

function isEndMarkBefore(text: string, at: number, start: number): boolean {
  let mark = at - 1;
  if (mark > start && CLOSERS.has(text.charCodeAt(mark))) mark--;
  const code = text.charCodeAt(mark);
  if (mark < start || !END_MARKS.has(code)) return false;
  return code !== 0x2e || !isAbbreviation(text, mark, start);
}

/** A single letter is an initial. One space may stand before the full stop, as in texts that were cut into tokens. */
function isAbbreviation(text: string, mark: number, start: number): boolean {
  const { classes } = characters();
  const last = mark > start && text.charCodeAt(mark - 1) === 0x20 ? mark - 1 : mark;
  let first = last;
  while (first > start && last - first <= LONGEST_ABBREVIATION) {
    const kind = classes[text.charCodeAt(first - 1)];
    if (kind !== LOWER && kind !== UPPER) break;
    first--;
  }
  const length = last - first;
  if (length === 0 || length > LONGEST_ABBREVIATION) return false;
  if (length === 1) return classes[text.charCodeAt(first)] === UPPER;
  return ABBREVIATIONS.has(text.slice(first, last).toLowerCase());
}

/** Behind the last space, or else the last mark, near the end of what a sentence may hold; no pair is cut. */
function pauseBefore(text: string, start: number): number {
  const { classes } = characters();
  const end = start + MAX_SENTENCE;
  let mark = 0;
  for (let at = end; at > end - PAUSE_WITHIN; at--) {
    const kind = classes[text.charCodeAt(at - 1)];
    if (kind === SPACE) return at;
    const isWord = kind === LOWER || kind === UPPER || kind === DIGIT;
    if (mark === 0 && !isWord && text.charCodeAt(at - 1) < 0x80) mark = at;
  }
  if (mark > 0) return mark;
  const isPairCut = isHigh(text.charCodeAt(end - 1)) && isLow(text.charCodeAt(end));
  return isPairCut ? end - 1 : end;
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}
