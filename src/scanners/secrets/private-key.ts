/** Finds private keys in PEM and OpenPGP armor (RFC 7468, RFC 9580 §6.2). */
import type { Sighting } from '../../modules/scanning/scanner.ts';

/** A key that is longer, or never ends, is told up to here. */
export const MAX_PRIVATE_KEY = 8_192;
const BEGIN = '-----BEGIN ';
const HEADER = /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/y;
const MAX_HEADER = 80;
const FOOTER = /-----END (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/;
/** Without this much of a key between header and footer, the form is shown and no key. */
const SOME_KEY = /[A-Za-z0-9+/=]{24}/;
/** Words in a row: a key has none, so this one was only spoken of. */
const PROSE = / (?<=[a-z] )[a-z]{1,15} [a-z]/;
const MAYBE_HEADER = /-----BEGIN [A-Z0-9 ]*-{0,5}$/y;

export function findPrivateKeys(text: string, from: number, until: number): readonly Sighting[] {
  const found: Sighting[] = [];
  for (let at = text.indexOf(BEGIN, from); at >= 0 && at < until; at = text.indexOf(BEGIN, at + 1)) {
    HEADER.lastIndex = at;
    if (!HEADER.test(text)) continue;
    const body = HEADER.lastIndex;
    const end = endOfKey(text, at, body);
    if (SOME_KEY.test(text.slice(body, end)))
      found.push({ start: at, end, kind: 'private_key', confidence: 0.99 });
  }
  return found;
}

/** The footer's end; without a footer, where prose begins, or the most that is told. */
function endOfKey(text: string, start: number, body: number): number {
  const block = text.slice(body, start + MAX_PRIVATE_KEY);
  return body + (endOfBody(block) ?? block.length);
}

function endOfBody(block: string): number | null {
  const footer = FOOTER.exec(block);
  const prose = PROSE.exec(block);
  if (prose && (!footer || prose.index < footer.index)) return prose.index;
  return footer ? footer.index + footer[0].length : null;
}

/** The first header in text[from, …) whose key may not be complete; null where there is no header at all. */
export function privateKeyUndecidedFrom(text: string, from: number): number | null {
  let at = text.indexOf(BEGIN, from);
  if (at < 0) return null;
  for (; at >= 0; at = text.indexOf(BEGIN, at + 1)) {
    if (text.length - at >= MAX_PRIVATE_KEY) continue;
    HEADER.lastIndex = at;
    const isHeader = HEADER.test(text);
    if (isHeader && endOfBody(text.slice(HEADER.lastIndex)) === null) return at;
    MAYBE_HEADER.lastIndex = at;
    if (!isHeader && text.length - at < MAX_HEADER && MAYBE_HEADER.test(text)) return at;
  }
  return text.length;
}
