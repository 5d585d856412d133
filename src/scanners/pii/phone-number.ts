/** Telephone numbers: digits that look dialable, and that the numbering plan of their country knows. */
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Finder } from './candidate.ts';
import { digitRunOf, JOINT } from './digit-groups.ts';

const BETWEEN = `[${JOINT}.()/]`;
/** A group of one or two digits begins a number only where no digit stands right before it. */
const CANDIDATE = new RegExp(
  `(?<![A-Za-z0-9_@#=/.,:+-]|\\d[(])(?:\\+\\d|\\(\\d|(?<!\\d[${JOINT}])\\d|\\d{3})(?:${BETWEEN}{0,2}\\d){5,16}`,
  'g',
);
const AFTER = /[A-Za-z0-9_@]/;
const MIN_DIGITS = 7;
const MAX_ATTEMPTS = 2;
const DATE = /^(?:19|20)\d\d([-./ ])\d\d?\1\d\d?(?!\d)|^\d\d?([-./ ])\d\d?\2(?:19|20)\d\d(?!\d)/;
/** Regions of the North American plan, where the ten digits can be judged at a glance. */
const NORTH_AMERICAN: ReadonlySet<string> = new Set(['US', 'CA', 'PR', 'DO', 'JM', 'BS', 'TT', 'BB']);
const NORTH_AMERICAN_NUMBER = /^1?[2-9]\d\d[2-9]\d{6}$/;

/** Characters of the longest candidate, and the one behind it. */
export const PHONE_DECISION = 56;

/** `region` is the country whose national numbers are told; undefined: international ones (`+…`) alone. */
export function phoneNumber(region: CountryCode | undefined): Finder {
  return {
    kind: 'PHONE_NUMBER',
    decision: PHONE_DECISION,
    find(text, from, until) {
      const found: Sighting[] = [];
      CANDIDATE.lastIndex = from;
      for (let match = CANDIDATE.exec(text); match && match.index < until; match = CANDIDATE.exec(text)) {
        const sighting = phoneIn(text, match[0], match.index, region);
        if (sighting) found.push(sighting);
        CANDIDATE.lastIndex = match.index + 1;
      }
      return found;
    },
  };
}

function phoneIn(
  text: string,
  match: string,
  start: number,
  region: CountryCode | undefined,
): Sighting | null {
  const isInternational = match.startsWith('+');
  if (!isInternational && (region === undefined || DATE.test(match))) return null;
  const { ends, digits, lengths } = digitRunOf(match, start);
  let attempts = 0;
  for (const length of lengths) {
    const end = ends[length - 1];
    if (length < MIN_DIGITS || end === undefined || attempts === MAX_ATTEMPTS) return null;
    if (AFTER.test(text.charAt(end)) || length > 15) continue;
    if (
      !isInternational &&
      NORTH_AMERICAN.has(region ?? '') &&
      !NORTH_AMERICAN_NUMBER.test(digits.slice(0, length))
    )
      continue;
    attempts++;
    const candidate = text.slice(start, end);
    if (!parsePhoneNumberFromString(candidate, region)?.isValid()) continue;
    return {
      start,
      end,
      kind: 'PHONE_NUMBER',
      confidence: confidenceOf(isInternational, end - start > length),
    };
  }
  return null;
}

/** Bare digits are as likely an order number. */
function confidenceOf(isInternational: boolean, isGrouped: boolean): number {
  if (isInternational) return 0.85;
  return isGrouped ? 0.7 : 0.4;
}
