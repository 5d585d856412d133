/** Finds addresses on the web in a text, as a browser would read them (WHATWG URL). */
import type { Span } from '../../domain/finding.ts';

export interface WebAddress extends Span {
  /** As it is written, the scheme included where one is written. */
  readonly raw: string;
  readonly url: URL;
}

/** Characters of an address that are read; a longer one is read up to here. */
export const MAX_ADDRESS = 1_024;
/** Characters from an address's start on that decide it: the address, and two behind it. */
export const ADDRESS_DECISION = MAX_ADDRESS + 2;
/** Characters before an address that decide whether it is one. */
export const ADDRESS_REACH = 160;

/** Beginnings that are not yet complete are no longer than `https:/`. */
const MAX_BEGINNING = 8;
const MARK = /(?<![\\/])[\\/]{2}|www\./gi;
const SCHEME = /(?<![A-Za-z0-9])(?:https?|wss?|ftp):$/i;
/** What stands before an address without a scheme, in an attribute or in Markdown. */
const OPENING = /["'(=<]/;
const BEFORE_WWW = /[\p{L}\p{N}/\\@._-]/u;
/**
 * Up to white space, a quote or an angle bracket, except around a placeholder in capitals; the punctuation of Chinese
 * and Japanese ends it too.
 */
const BODY = /(?:[^\s"<>`\p{Cc}\u3000-\u303f\uff00-\uffef]|<(?=[A-Z_])|(?<=[A-Z_])>)+/uy;
const TRAILING = /[.,;:!?'")\]}*_~|\\]+$/;
/** Up to a closing angle bracket that nothing opened. */
const UNOPENED = /^[^<>]*(?=>)/;
const SCHEMED = /^[a-z]/i;
const MARK_THERE = /^[\\/]{2}/;
/** An address within an address within an address … is read no deeper than this. */
const MAX_NESTING = 3;

/** Those that start in text[from, until), each by itself: an address inside of another is told too. */
export function findAddresses(text: string, from: number, until: number): readonly WebAddress[] {
  const found: WebAddress[] = [];
  MARK.lastIndex = from;
  for (let mark = MARK.exec(text); mark && mark.index < until + MAX_BEGINNING; mark = MARK.exec(text)) {
    const start = startOf(text, mark.index, mark[0]);
    MARK.lastIndex = mark.index + 1;
    if (start === null || start < from || start >= until || isDeeplyNested(text, start)) continue;
    const address = addressAt(text, start, mark.index + mark[0].length);
    if (address) found.push(address);
  }
  return found;
}

/** Where text that may still grow could begin, or go on with, an address; the text's length where it could not. */
export function addressUndecidedFrom(text: string, from: number): number {
  let open = beginningOf(text, from);
  const first = Math.max(from, text.length - ADDRESS_DECISION + 1);
  MARK.lastIndex = first;
  for (let mark = MARK.exec(text); mark; mark = MARK.exec(text)) {
    const start = startOf(text, mark.index, mark[0]);
    MARK.lastIndex = mark.index + 1;
    if (start === null || start < first) continue;
    if (start >= open) break;
    if (endOfBody(text, start) >= text.length - 1) open = start;
  }
  return open;
}

/** The run of characters that ends the text, followed no further back than a beginning can be long. */
function beginningOf(text: string, from: number): number {
  const stop = Math.max(from, text.length - MAX_BEGINNING);
  let at = text.length;
  while (at > stop && !/\s/.test(text.charAt(at - 1))) at--;
  return at;
}

/** Where the address begins that the mark belongs to; null where it belongs to none. */
function startOf(text: string, mark: number, sign: string): number | null {
  if (sign.length === 4) return mark > 0 && BEFORE_WWW.test(text.charAt(mark - 1)) ? null : mark;
  const scheme = SCHEME.exec(text.slice(Math.max(0, mark - MAX_BEGINNING), mark));
  if (scheme) return mark - scheme[0].length;
  return mark > 0 && OPENING.test(text.charAt(mark - 1)) ? mark : null;
}

function isDeeplyNested(text: string, start: number): boolean {
  let nesting = 0;
  for (let at = start - 1; at >= 0 && start - at < ADDRESS_REACH; at--) {
    const code = text.charCodeAt(at);
    if (code <= 0x20) return false;
    if (code === 0x3a && MARK_THERE.test(text.slice(at + 1, at + 3)) && ++nesting > MAX_NESTING) return true;
  }
  return false;
}

function endOfBody(text: string, start: number): number {
  const window = text.slice(start, start + ADDRESS_DECISION);
  BODY.lastIndex = 0;
  const body = BODY.exec(window);
  return start + (body ? BODY.lastIndex : 0);
}

function addressAt(text: string, start: number, host: number): WebAddress | null {
  const body = text.slice(
    start,
    wholeCharacters(text, Math.min(endOfBody(text, start), start + MAX_ADDRESS)),
  );
  const raw = trimmed(body, text.charAt(start - 1));
  if (raw.length <= host - start || (!SCHEMED.test(raw) && !raw.includes('.'))) return null;
  const url = URL.parse(withScheme(raw));
  return url && url.hostname !== '' ? { start, end: start + raw.length, raw, url } : null;
}

/** No address is cut inside a surrogate pair. */
function wholeCharacters(text: string, end: number): number {
  const code = text.charCodeAt(end);
  return code >= 0xdc00 && code <= 0xdfff ? end - 1 : end;
}

function withScheme(raw: string): string {
  if (/^www\./i.test(raw)) return `http://${raw}`;
  return /^[\\/]/.test(raw) ? `https:${raw}` : raw;
}

/** The sentence's punctuation and the bracket or quote that encloses the address are not its own. */
function trimmed(body: string, before: string): string {
  const within = UNOPENED.exec(body)?.[0] ?? body;
  const whole = (before === "'" ? within.split("'", 1)[0] : null) ?? withinBrackets(within);
  const trailing = TRAILING.exec(whole.slice(-16))?.[0] ?? '';
  return whole.slice(0, whole.length - trailing.length) + ownBracket(whole, trailing);
}

/** Up to the first bracket that closes what was not opened inside. */
export function withinBrackets(body: string): string {
  let depth = 0;
  for (let at = 0; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (code === 0x28) depth++;
    else if (code === 0x29 && --depth < 0) return body.slice(0, at);
  }
  return body;
}

/** A closing bracket at the very end, with its partner inside, is the address's own. */
function ownBracket(whole: string, trailing: string): string {
  const [first] = trailing;
  if (first === ')') return whole.includes('(') ? ')' : '';
  if (first === ']') return whole.includes('[') ? ']' : '';
  return first === '}' && whole.includes('{') ? '}' : '';
}
