/** Addresses on the web, with a scheme or beginning with `www.`. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Finder } from './candidate.ts';

/** Characters of an address that are told; a longer one is told up to here. */
export const MAX_URL = 1_024;
const START = /(?<![A-Za-z0-9])(?:(?:https?|wss?|ftp):\/\/|www\.(?=[A-Za-z0-9]))/gi;
const BODY = /[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=%-]+/y;
const TRAILING = /[.,;:!?'")\]*_~]+$/;

export const url: Finder = {
  decision: MAX_URL + 1,
  find(text, from, until) {
    const found: Sighting[] = [];
    if (!mayHoldUrl(text, from)) return found;
    START.lastIndex = from;
    for (let match = START.exec(text); match && match.index < until; match = START.exec(text)) {
      const start = match.index;
      const window = text.slice(start, start + MAX_URL);
      BODY.lastIndex = match[0].length;
      const body = BODY.exec(window);
      const end = body ? start + trimmed(window, BODY.lastIndex) : start;
      if (end > start + match[0].length) found.push({ start, end, kind: 'URL', confidence: 0.7 });
    }
    return found;
  },
};

export function mayHoldUrl(text: string, from: number): boolean {
  return text.indexOf('://', from) >= 0 || text.indexOf('www.', from) >= 0 || text.indexOf('WWW.', from) >= 0;
}

/** The sentence's punctuation is not the address's; a bracket is, if it was opened inside. */
function trimmed(window: string, end: number): number {
  const trailing = TRAILING.exec(window.slice(Math.max(0, end - 16), end));
  if (!trailing) return end;
  const cut = end - trailing[0].length;
  const opens = window.slice(0, cut).includes('(') && trailing[0].startsWith(')');
  return opens ? cut + 1 : cut;
}
