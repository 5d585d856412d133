/** Mail addresses (RFC 5321 §4.1.2, without quoted local parts and address literals), internationalized too (RFC 6531). */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Finder } from './candidate.ts';

/** RFC 5321 §4.5.3.1. */
const MAX_LOCAL = 64;
const MAX_DOMAIN = 150;
/** Letters beyond ASCII of scripts that set spaces between words: Latin, Greek, Cyrillic, Hebrew, Arabic, Devanagari. */
const BEYOND = '\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u097f';
const LABEL = `[A-Za-z0-9${BEYOND}](?:[A-Za-z0-9${BEYOND}-]{0,61}[A-Za-z0-9${BEYOND}])?`;
const DOMAIN = new RegExp(
  `(?:${LABEL}\\.){1,8}(?:xn--[A-Za-z0-9-]{2,59}|[A-Za-z${BEYOND}]{2,24})(?![A-Za-z0-9${BEYOND}])`,
  'y',
);

export const emailAddress: Finder = {
  decision: MAX_LOCAL + 1 + MAX_DOMAIN + 1,
  find(text, from, until) {
    const found: Sighting[] = [];
    for (
      let at = text.indexOf('@', from + 1);
      at > 0 && at - MAX_LOCAL < until;
      at = text.indexOf('@', at + 1)
    ) {
      const start = startOfLocal(text, at);
      if (start < from || start === at) continue;
      DOMAIN.lastIndex = 0;
      const domain = DOMAIN.exec(text.slice(at + 1, at + 1 + MAX_DOMAIN));
      if (domain)
        found.push({ start, end: at + 1 + domain[0].length, kind: 'EMAIL_ADDRESS', confidence: 0.95 });
    }
    return found;
  },
};

function startOfLocal(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < MAX_LOCAL && isLocal(text.charCodeAt(start - 1))) start--;
  // A dot, quote or dash in front belongs to the sentence, not to the address.
  while (start < at && isPunctuation(text.charCodeAt(start))) start++;
  return start;
}

/** Letters, digits and . _ % + - ' */
function isLocal(code: number): boolean {
  if (code >= 0x61 && code <= 0x7a) return true;
  if (code >= 0x30 && code <= 0x39) return true;
  if (code >= 0x41 && code <= 0x5a) return true;
  if (code >= 0xc0 && code <= 0x97f) return code !== 0xd7 && code !== 0xf7;
  return code === 0x2e || code === 0x5f || code === 0x25 || code === 0x2b || code === 0x2d || code === 0x27;
}

function isPunctuation(code: number): boolean {
  return code === 0x2e || code === 0x27 || code === 0x2d || code === 0x25;
}
