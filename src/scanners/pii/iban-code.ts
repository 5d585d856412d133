/** International bank account numbers: a country's length and structure, and the check digits (ISO 13616, mod 97). */
import { getCountrySpecifications, isValidIBAN } from 'ibantools';
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Finder } from './candidate.ts';

const START = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ \u00a0-]?[A-Za-z0-9])/g;
/** 34 characters in groups of four, and the one behind them. */
const MAX_LENGTH = 34 + 9;

const lengths: ReadonlyMap<string, number> = new Map(
  Object.entries(getCountrySpecifications()).flatMap(([country, { chars, IBANRegistry }]) =>
    chars !== null && IBANRegistry ? [[country, chars] as const] : [],
  ),
);

export const ibanCode: Finder = {
  decision: MAX_LENGTH + 1,
  find(text, from, until) {
    const found: Sighting[] = [];
    START.lastIndex = from;
    for (let match = START.exec(text); match && match.index < until; match = START.exec(text)) {
      const end = endOfIban(text, match.index);
      if (end !== null) found.push({ start: match.index, end, kind: 'IBAN_CODE', confidence: 0.95 });
    }
    return found;
  },
};

function endOfIban(text: string, start: number): number | null {
  const length = lengths.get(text.slice(start, start + 2).toUpperCase());
  if (length === undefined) return null;
  let iban = '';
  let at = start;
  for (; at < start + MAX_LENGTH && iban.length < length; at++) {
    const code = text.charCodeAt(at);
    if (isAlphanumeric(code)) iban += text.charAt(at);
    else if (!isJoint(code) || !isAlphanumeric(text.charCodeAt(at + 1))) return null;
  }
  if (iban.length < length || isAlphanumeric(text.charCodeAt(at))) return null;
  const isSpaced = at - start > length;
  // Set in groups, an IBAN is written in capitals: words in lower case that follow one another are none.
  if (isSpaced && iban !== iban.toUpperCase()) return null;
  return isValidIBAN(iban.toUpperCase()) ? at : null;
}

function isJoint(code: number): boolean {
  return code === 0x20 || code === 0xa0 || code === 0x2d;
}

function isAlphanumeric(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a);
}
