/** Finds private keys: PEM and OpenPGP armor (RFC 7468, RFC 9580 §6.2), OpenVPN's static keys, PuTTY's files. */
import type { Sighting } from '../../modules/scanning/scanner.ts';

/** A key that is longer, or never ends, is told up to here. */
export const MAX_PRIVATE_KEY = 8_192;
const MAX_HEADER = 80;
/** Without this much of a key between header and footer, the form is shown and no key. One without end is told anyway. */
const SOME_KEY = '[A-Za-z0-9+/=]{24}';
/** Words in a row: a key has none, so this one was only spoken of. */
const PROSE = ' (?<=[a-z] )[a-z]{1,15} [a-z]';

interface Form {
  readonly begin: string;
  readonly header: RegExp;
  /** What could still become a header. */
  readonly maybeHeader: RegExp | null;
  readonly footer: string;
}

const FORMS: readonly Form[] = [
  {
    begin: '-----BEGIN ',
    header: /-----BEGIN (?:(?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V1)-----/y,
    maybeHeader: /-----BEGIN [A-Za-z0-9 ]*-{0,5}$/y,
    footer: '-----END (?:(?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V1)-----',
  },
  {
    begin: 'PuTTY-User-Key-File-',
    header: /PuTTY-User-Key-File-[123]:/y,
    maybeHeader: null,
    footer: 'Private-(?:MAC|Hash): [0-9a-f]{40,64}(?=\\s)',
  },
];
const BEGINS = /-----BEGIN|PuTTY-User-Key-File-/;

/** A private key that begins inside a value is no part of it. */
export function beforePrivateKey(value: string): string {
  return value.split(BEGINS, 1)[0] ?? '';
}

export function findPrivateKeys(text: string, from: number, until: number): readonly Sighting[] {
  const found: Sighting[] = [];
  for (const form of FORMS) {
    const { begin, header } = form;
    let at = text.indexOf(begin, from);
    if (at < 0 || at >= until) continue;
    const endOfKey = createEndOfKey(text, form);
    const someKey = createForwardSearch(text, SOME_KEY);
    for (; at >= 0 && at < until; at = text.indexOf(begin, at + 1)) {
      header.lastIndex = at;
      if (!header.test(text)) continue;
      const body = header.lastIndex;
      const closed = endOfKey(at, body);
      if (closed !== null && someKey(body).end > closed) continue;
      const end = closed ?? Math.min(text.length, at + MAX_PRIVATE_KEY);
      found.push({ start: at, end, kind: 'private_key', confidence: 0.99 });
    }
  }
  return found;
}

/** The first header in text[from, …) whose key may not be complete; null where there is no header at all. */
export function privateKeyUndecidedFrom(text: string, from: number): number | null {
  const starts = FORMS.map((form) => undecidedFrom(text, from, form)).filter((start) => start !== null);
  return starts.length === 0 ? null : Math.min(...starts);
}

function undecidedFrom(text: string, from: number, form: Form): number | null {
  const { begin, header, maybeHeader } = form;
  let at = text.indexOf(begin, from);
  if (at < 0) return null;
  const endOfKey = createEndOfKey(text, form);
  for (; at >= 0; at = text.indexOf(begin, at + 1)) {
    if (text.length - at >= MAX_PRIVATE_KEY) continue;
    header.lastIndex = at;
    if (header.test(text)) {
      if (endOfKey(at, header.lastIndex) === null) return at;
    } else if (maybeHeader && text.length - at < MAX_HEADER) {
      maybeHeader.lastIndex = at;
      if (maybeHeader.test(text)) return at;
    }
  }
  return text.length;
}

/** The footer's end, or where prose begins; null where neither comes soon enough. */
function createEndOfKey(text: string, form: Form): (start: number, body: number) => number | null {
  const footer = createForwardSearch(text, form.footer);
  const prose = createForwardSearch(text, PROSE);
  return (start, body) => {
    const limit = start + MAX_PRIVATE_KEY;
    const last = footer(body);
    const words = prose(body);
    if (words.end <= limit && words.start < last.start) return words.start;
    return last.end <= limit ? last.end : null;
  };
}

interface Match {
  readonly start: number;
  readonly end: number;
}
const NOWHERE: Match = { start: Infinity, end: Infinity };

/** Finds the next match from a place that only ever moves on, so that all searches together walk the text once. */
function createForwardSearch(text: string, source: string): (from: number) => Match {
  const pattern = new RegExp(source, 'g');
  let next: Match | null = null;
  return (from) => {
    if (next !== null && next.start >= from) return next;
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    next = match ? { start: match.index, end: pattern.lastIndex } : NOWHERE;
    return next;
  };
}
