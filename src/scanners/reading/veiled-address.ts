/** Finds addresses that are written so that a client reads them and a search does not: in entities, escapes, base64. */
import { escapeSequences } from './escapes.ts';
import { TracedText } from './offset-map.ts';
import { findAddresses, type WebAddress } from './web-address.ts';

/** `percent`: escaped as a whole, as in another's query; `hidden`: with characters in it that nobody sees. */
export type Veil = 'entities' | 'percent' | 'escapes' | 'hidden' | 'base64';

/** A stretch of a text without what veiled it. */
export interface Unveiled {
  readonly veil: Veil;
  readonly text: string;
  /** Where in `text` the stretch begins; what stands before it is there to be looked at. */
  readonly begins: number;
  /** Where text[start, end) stands in the raw text. */
  readonly span: TracedText['span'];
}

export interface VeiledAddress extends WebAddress {
  readonly veil: Veil;
  readonly written: 'apart' | 'within';
}

/** Characters of a stretch before its first veiled one. */
const MAX_LEAD = 256;
/** Characters before a stretch that come with it. */
const CONTEXT = 24;
/** Characters before a point that decide what is found there. */
export const VEILED_REACH = MAX_LEAD + CONTEXT + 1;
/** Characters of a stretch that are read: for a host, and for what tells it, that is enough. */
const MAX_STRETCH = 384;
/** The stretch, and one character behind it. */
const STRETCH_DECISION = MAX_STRETCH + 1;
/** Characters of the longest sequence that stands for one. */
const MAX_SEQUENCE = 16;
const BEGINNING = /^(?:https?|wss?|ftp|www\.|\/\/|(?:java|vb|live)script:|data:)/i;

const MARK =
  /&(?:#|colon;|sol;|period;|commat;|quest;|equals;|percnt;|num;|tab;|newline;|lowbar;|zwn?j;|shy;)|%3a(?:%2f|\/)|\\u(?:00[2-7]|\{)|\\x[2-7]|[\u00ad\u200b-\u200d\u2060\ufeff]|aHR0c(?:DovL|HM6Ly)/gi;
const BASE64 = /aHR0c(?:DovL|HM6Ly)[A-Za-z0-9+/_-]{6,}={0,2}/y;
/** An address that is a value of another's query, or part of a longer run. */
const WITHIN = /[\w=&?/:#%+-]/;
const MAX_BEGINNING = 12;
const UNSEEN = /^[\t\n\u00ad\u200b-\u200d\u2060\ufeff]$/;
const HIDDEN = /[\u00ad\u200b-\u200d\u2060\ufeff]+/g;

/** Those that start in text[from, until), by where they start. A text without any mark costs next to nothing. */
export function unveiledIn(text: string, from: number, until: number): readonly Unveiled[] {
  const found: Unveiled[] = [];
  let parts: readonly Part[] | null = null;
  let first = 0;
  let last = -1;
  const stretches = createStretches(text);
  MARK.lastIndex = from;
  for (let mark = MARK.exec(text); mark && mark.index < until + MAX_LEAD; mark = MARK.exec(text)) {
    const veil = veilOf(mark[0]);
    const start = veil === 'base64' ? mark.index : stretches.startOf(mark.index);
    if (start === null || start === last || start < from || start >= until) continue;
    last = start;
    if (veil === 'base64') {
      found.push(fromBase64(text, start));
      continue;
    }
    parts ??= partsOf(text, start, until + MAX_LEAD + MAX_STRETCH + MAX_SEQUENCE);
    while ((parts[first]?.start ?? Infinity) < start) first++;
    const unveiled = withoutVeil(text, start, veil, parts, first);
    if (BEGINNING.test(unveiled.text.slice(unveiled.begins, unveiled.begins + MAX_BEGINNING)))
      found.push(unveiled);
  }
  return found;
}

/** Addresses that what is unveiled begins with. */
export function addressesIn(unveiled: readonly Unveiled[], text: string): readonly VeiledAddress[] {
  return unveiled.flatMap(({ veil, text: clear, begins, span }) =>
    findAddresses(clear, begins, begins + 1).map((address) => {
      const place = span(address.start, address.end);
      const written = WITHIN.test(text.charAt(place.start - 1)) ? 'within' : 'apart';
      return { ...address, ...place, veil, written } as const;
    }),
  );
}

/** Where text that may still grow could begin, or go on with, a veiled address; its length where it could not. */
export function veiledUndecidedFrom(text: string, from: number): number {
  let open = text.length;
  const stop = Math.max(from, text.length - MAX_LEAD);
  while (open > stop && isInside(text.charCodeAt(open - 1))) open--;
  const first = Math.max(from, text.length - STRETCH_DECISION);
  const stretches = createStretches(text);
  let last = -1;
  MARK.lastIndex = first;
  for (let mark = MARK.exec(text); mark; mark = MARK.exec(text)) {
    const start = veilOf(mark[0]) === 'base64' ? mark.index : stretches.startOf(mark.index);
    if (start === null || start === last) continue;
    if (start >= open) break;
    last = start;
    if (start >= first && endOfStretch(text, start) === text.length) open = start;
  }
  return open;
}

function veilOf(mark: string): Veil {
  switch (mark.charAt(0)) {
    case '&':
      return 'entities';
    case '%':
      return 'percent';
    case '\\':
      return 'escapes';
    case 'a':
    case 'A':
      return 'base64';
    default:
      return 'hidden';
  }
}

interface Stretches {
  /** Where the stretch begins that a mark stands in; null where that lies too far back. Marks come from left to right. */
  startOf(mark: number): number | null;
}

function createStretches(text: string): Stretches {
  /** Where the last mark's run begins, as far as it was followed; and up to where it is known to go on. */
  let start = 0;
  let known = 0;
  return {
    startOf(mark) {
      const stop = Math.max(known, mark - MAX_LEAD - 1);
      let at = mark;
      while (at > stop && isInside(text.charCodeAt(at - 1))) at--;
      if (at > known || known === 0) start = at;
      known = mark;
      return mark - start > MAX_LEAD ? null : start;
    },
  };
}

/** What an address is written of, before its query: neither white space nor what encloses it, nor a script of East Asia. */
function isInside(code: number): boolean {
  if (code <= 0x20 || code >= 0x2e80) return code === 0xfeff;
  return !ENCLOSING.has(code) && code !== 0xa0;
}

const ENCLOSING: ReadonlySet<number> = new Set(Array.from('"\'`<>()[]{}=|,', (sign) => sign.charCodeAt(0)));

function endOfStretch(text: string, start: number): number {
  const limit = Math.min(text.length, start + MAX_STRETCH);
  let at = start;
  while (at < limit && !isBehind(text.charCodeAt(at))) at++;
  return at;
}

function isBehind(code: number): boolean {
  if (code <= 0x20 || (code >= 0x2e80 && code !== 0xfeff)) return true;
  return code === 0x22 || code === 0x3c || code === 0x3e || code === 0x60;
}

function withoutVeil(
  text: string,
  start: number,
  veil: Veil,
  parts: readonly Part[],
  first: number,
): Unveiled {
  const end = endOfStretch(text, start);
  const clear = new TracedText();
  clear.copy(text, Math.max(0, start - CONTEXT), start);
  const begins = clear.length;
  let done = start;
  for (let at = first; at < parts.length; at++) {
    const part = parts[at];
    if (!part || part.end > end) break;
    if (part.start < done) continue;
    clear.copy(text, done, part.start);
    clear.put(part.text, part.start, part.end);
    done = part.end;
  }
  clear.copy(text, done, end);
  return { veil, text: clear.text, begins, span: (from, to) => clear.span(from, to) };
}

interface Part {
  readonly start: number;
  readonly end: number;
  /** What a client ignores in an address, and what nobody sees, stands for nothing. */
  readonly text: string;
}

/** Each sequence is read by itself, so that it matters not where the text is cut before a stretch. */
function partsOf(text: string, from: number, until: number): readonly Part[] {
  const source = text.slice(from, until);
  const parts: Part[] = [];
  for (const { start, end, text: read } of escapeSequences(source))
    parts.push({ start: from + start, end: from + end, text: UNSEEN.test(read) ? '' : read });
  const escapes = parts.length;
  for (const { index, 0: hidden } of source.matchAll(HIDDEN))
    parts.push({ start: from + index, end: from + index + hidden.length, text: '' });
  return parts.length > escapes ? parts.sort((a, b) => a.start - b.start) : parts;
}

function fromBase64(text: string, start: number): Unveiled {
  BASE64.lastIndex = 0;
  const [run = ''] = BASE64.exec(text.slice(start, start + MAX_STRETCH)) ?? [];
  const clear = Buffer.from(run, 'base64').toString('latin1');
  return { veil: 'base64', text: clear, begins: 0, span: () => ({ start, end: start + run.length }) };
}
