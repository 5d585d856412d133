/** Telephone numbers: digits that look dialable, and that the numbering plan of their country knows. */
import type { CountryCode } from 'libphonenumber-js/min';
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Finder } from './candidate.ts';
import { contextBefore, isAdverse, type Context } from './context.ts';
import { digitRunOf, JOINT } from './digit-groups.ts';
import { numberingPlans } from '../../base/numbering-plans.ts';

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
/** As it is written there: whatever else is grouped is another sort of number. */
const NORTH_AMERICAN_GROUPS = /^(?:1-)?(?:3-3-4|3-7|10|3-3-2-2)$|^11$/;
const NORTH_AMERICAN_NUMBER = /^1?[2-9]\d\d[2-9]\d{6}$/;
/** Countries whose national numbers begin with a zero, and some whose numbers do not. */
const WITH_ZERO: readonly CountryCode[] = [
  'DE',
  'GB',
  'FR',
  'IT',
  'NL',
  'AU',
  'SE',
  'AT',
  'CH',
  'BE',
  'IE',
  'JP',
  'KR',
];
const WITHOUT_ZERO: readonly CountryCode[] = ['US', 'ES', 'PL', 'PT', 'DK', 'NO', 'IN', 'BR', 'MX', 'CZ'];
/** Characters between the word and the number. */
const PHONE_REACH = 48;

/** Characters of the longest candidate, and the one behind it. */
export const PHONE_DECISION = 56;

/** `region` is the country whose national numbers are told; undefined: international ones (`+…`) alone. */
export function phoneNumber(region: CountryCode | undefined): Finder {
  return {
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
  const context = isInternational ? null : contextBefore(text, start);
  let attempts = 0;
  for (const length of lengths) {
    const end = ends[length - 1];
    if (length < MIN_DIGITS || end === undefined || attempts === MAX_ATTEMPTS) return null;
    if (AFTER.test(text.charAt(end)) || length > 15) continue;
    const groups = DECIMAL.test(text.slice(start, end)) ? 'decimal' : groupsOf(ends, length, start);
    const regions = regionsOf(digits.slice(0, length), groups, region, context);
    if (regions.length > 0) attempts++;
    const candidate = text.slice(start, end);
    if (!regions.some((each) => isDialable(candidate, each))) continue;
    return {
      start,
      end,
      kind: 'PHONE_NUMBER',
      confidence: confidenceOf(context, end - start > length),
    };
  }
  return null;
}

function isDialable(candidate: string, region: CountryCode | undefined): boolean {
  return numberingPlans().parsePhoneNumberFromString(candidate, region)?.isValid() === true;
}

/** The countries whose plan is asked: others than the default one only where a word says that it is a telephone number. */
function regionsOf(
  digits: string,
  groups: string,
  region: CountryCode | undefined,
  context: Context | null,
): readonly (CountryCode | undefined)[] {
  if (!context) return [undefined];
  const isNorthAmerican = NORTH_AMERICAN_NUMBER.test(digits) && NORTH_AMERICAN_GROUPS.test(groups);
  const own = NORTH_AMERICAN.has(region ?? '') && !isNorthAmerican ? [] : [region];
  if (!isPhoneContext(context)) return own;
  return [...own, ...(digits.startsWith('0') ? WITH_ZERO : WITHOUT_ZERO)];
}

const DECIMAL = /^\d+\.\d+$/;

/** The lengths of the groups: "3-3-4". */
function groupsOf(ends: readonly number[], length: number, start: number): string {
  let groups = '';
  let count = 0;
  for (let i = 0; i < length; i++) {
    const end = ends[i] ?? start;
    count++;
    if (i === length - 1 || (ends[i + 1] ?? 0) > end + 1) {
      groups += groups === '' ? String(count) : `-${count}`;
      count = 0;
    }
  }
  return groups;
}

function isPhoneContext(context: Context): boolean {
  const distance = context.get('PHONE_NUMBER');
  return distance !== undefined && distance <= PHONE_REACH && !isAdverse(context, distance);
}

/** Bare digits are as likely an order number. */
function confidenceOf(context: Context | null, isGrouped: boolean): number {
  if (!context) return 0.85;
  if (isPhoneContext(context)) return isGrouped ? 0.85 : 0.75;
  if (isAdverse(context, Infinity)) return isGrouped ? 0.45 : 0.2;
  return isGrouped ? 0.7 : 0.4;
}
