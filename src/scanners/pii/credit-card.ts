/** Payment card numbers: an issuer's range, a length it uses, and the Luhn check digit (ISO/IEC 7812-1). */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Finder } from './candidate.ts';
import { hasLuhn } from './checksums.ts';
import { contextBefore, isAdverse } from './context.ts';
import { digitRunOf, JOINT, type DigitRun } from './digit-groups.ts';

const CANDIDATE = new RegExp(`(?<![A-Za-z0-9])[2-6](?:[${JOINT}]?\\d){11,18}`, 'g');
const IDENTIFIER = /[A-Za-z0-9_]/;

/** Prefixes as ranges of the first six digits, with the lengths in use. */
const ISSUERS: readonly (readonly [number, number, ...number[]])[] = [
  [400_000, 499_999, 13, 16, 19],
  [510_000, 559_999, 16],
  [222_100, 272_099, 16],
  [340_000, 349_999, 15],
  [370_000, 379_999, 15],
  [601_100, 601_199, 16, 19],
  [622_126, 622_925, 16, 17, 18, 19],
  [644_000, 659_999, 16, 19],
  [352_800, 358_999, 16, 17, 18, 19],
  [300_000, 305_999, 14, 16, 19],
  [309_500, 309_599, 14, 16, 19],
  [360_000, 369_999, 14, 16, 19],
  [380_000, 399_999, 16, 19],
  [620_000, 629_999, 16, 17, 18, 19],
  [500_000, 509_999, 12, 13, 14, 15, 16, 17, 18, 19],
  [560_000, 589_999, 12, 13, 14, 15, 16, 17, 18, 19],
  [630_000, 639_999, 12, 13, 14, 15, 16, 17, 18, 19],
  [670_000, 679_999, 12, 13, 14, 15, 16, 17, 18, 19],
  [220_000, 220_499, 16, 17, 18, 19],
];

export const creditCard: Finder = {
  decision: 42,
  find(text, from, until) {
    const found: Sighting[] = [];
    CANDIDATE.lastIndex = from;
    for (let match = CANDIDATE.exec(text); match && match.index < until; match = CANDIDATE.exec(text)) {
      const run = digitRunOf(match[0], match.index);
      const end = endOfCard(text, run);
      if (end !== null)
        found.push({
          start: run.start,
          end,
          kind: 'CREDIT_CARD',
          confidence: confidenceOf(text, run.start, end),
        });
      CANDIDATE.lastIndex = match.index + 1;
    }
    return found;
  },
};

/** What follows the number in the same breath, such as an expiry date, is left off group by group. */
function endOfCard(text: string, { digits, ends, lengths }: DigitRun): number | null {
  const prefix = Number(digits.slice(0, 6));
  const issuer = ISSUERS.find(([low, high]) => prefix >= low && prefix <= high);
  if (!issuer) return null;
  for (const length of lengths) {
    const end = ends[length - 1];
    if (length < 12 || end === undefined) return null;
    if (!issuer.includes(length, 2) || IDENTIFIER.test(text.charAt(end))) continue;
    if (hasLuhn(digits.slice(0, length))) return end;
  }
  return null;
}

/**
 * One number in ten has Luhn's check digit. So an order's number, set in no groups, may have it; and what is short, or set
 * in other groups than cards are, is hardly ever a card's.
 */
function confidenceOf(text: string, start: number, end: number): number {
  const number = text.slice(start, end);
  if (CUSTOMARY.test(number)) return 0.95;
  const context = contextBefore(text, start);
  const distance = context.get('CREDIT_CARD');
  const isJoined = JOINED.test(number);
  if (isJoined && isAdverse(context, distance ?? Infinity)) return 0.4;
  if (distance !== undefined) return 0.95;
  return isJoined && number.length > SHORT ? 0.9 : 0.55;
}

const JOINED = /^\d+$/;
const SHORT = 13;
/** Sixteen digits and more by four; fifteen and fourteen as American Express and Diners Club set them. */
const CUSTOMARY = /^\d{4}(?:\D\d{4}){3}(?:\D\d{1,3})?$|^\d{4}\D\d{6}\D\d{4,5}$/;
