/** Cuts a text into sentences by what stands in them and no more, so that a sentence that has ended is decided. */
import { characters, DIGIT, LINE_END, LOWER, SPACE, UPPER } from './characters.ts';

/** Characters of the longest sentence; what is longer is cut at a pause. */
export const MAX_SENTENCE = 300;
/** A pause is looked for in this many characters before the cut. */
const PAUSE_WITHIN = 100;

/** A line's end, an end mark of scripts that set no space behind them, or an end mark before white space. */
const MAY_END =
  /[\n\v\f\r\u2028\u2029\u3002\uff01\uff1f\u0964]|[.!?\u2026]["')\]\u201d\u2019\u00bb]?[\s\u200b]/g;
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
const FULL_STOP = 0x2e;

/**
 * The offset behind the sentence that begins at `start`; null where the text ends before the sentence is known to end.
 * It depends on nothing before `start` and nothing behind the offset it gives.
 */
export function endOfSentence(text: string, start: number): number | null {
  if (characters().classes[text.charCodeAt(start)] === LINE_END) return start + 1;
  const near = text.slice(start, start + MAX_SENTENCE);
  MAY_END.lastIndex = 0;
  while (MAY_END.test(near)) {
    const end = start + MAY_END.lastIndex;
    if (endsHere(text, end - 1, start)) return end;
  }
  return text.length > start + MAX_SENTENCE ? pauseBefore(text, start) : null;
}

/** Whether what may end a sentence, up to the character at `last`, does. */
function endsHere(text: string, last: number, start: number): boolean {
  if (characters().classes[text.charCodeAt(last)] !== SPACE) return true;
  const before = text.charCodeAt(last - 1);
  const mark = CLOSERS.has(before) ? last - 2 : last - 1;
  return text.charCodeAt(mark) !== FULL_STOP || !isAbbreviation(text, mark, start);
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
