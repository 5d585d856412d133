/** Whether a value in a place that is known to hold no text looks like what belongs there; it is scanned as a text otherwise. */

const IDENTIFIER = /^[A-Za-z0-9_.:/-]{1,128}$/;
/** Nine digits or more that stand alone, grouped or not: a card, an account, a phone number. */
const LONE_DIGITS = /(?:^|[^A-Za-z0-9])\d(?:[-._:/]?\d){8,}(?![A-Za-z0-9])/;
const DIGIT_RUN = /\d{9}|\d[-._:/]\d/;
/** An IBAN is made of an identifier's letters (ISO 13616-1 §5). */
const ACCOUNT = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
/** A moment, which has separators between its digits. */
const MOMENT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)?)?$/;

/** Remembers what it took for one last: the chunks of a stream repeat what they are called. */
export interface IdentifierPlace {
  last: string;
}

export function isIdentifier(text: string, place: IdentifierPlace): boolean {
  if (text === place.last) return true;
  if (!looksLikeIdentifier(text)) return false;
  place.last = text;
  return true;
}

function looksLikeIdentifier(text: string): boolean {
  if (!IDENTIFIER.test(text)) return text === '' || MOMENT.test(text);
  if (DIGIT_RUN.test(text) && LONE_DIGITS.test(text)) return MOMENT.test(text) || isDatedName(text);
  return !ACCOUNT.test(text);
}

/** The digits of a date and a version, as in `claude-3-5-sonnet-20241022`, are no number. */
function isDatedName(text: string): boolean {
  return /^[a-z]/i.test(text) && !LONE_DIGITS.test(text.replace(DATE, ''));
}

const DATE = /[-@:/]?20[2-9]\d-?(?:0[1-9]|1[0-2])-?(?:[0-2]\d|3[01])(?!\d)/;

const NOT_ENCODED = /[^A-Za-z0-9+/_=-]/;
/** The same, or digits to look at. */
const DOUBTFUL = /[^A-Za-z0-9+/_=-]|\d[-_/]?\d[-_/]?\d[-_/]?\d[-_/]?\d[-_/]?\d[-_/]?\d[-_/]?\d[-_/]?\d/;
/** In longer ones the digits that stand alone between two signs are chance. */
const SHORT = 512;

/** Data in base64 or base64url (RFC 4648 §4 and §5). */
export function isEncoded(text: string): boolean {
  if (text.length > SHORT) return !NOT_ENCODED.test(text);
  return !DOUBTFUL.test(text) || (!NOT_ENCODED.test(text) && !LONE_DIGITS.test(text));
}

/** Numbers in known places: indexes, probabilities, and moments in seconds or milliseconds until 2033. */
export function isPlainNumber(value: number): boolean {
  return Math.abs(value) < 100_000_000 || isMoment(value);
}

function isMoment(value: number): boolean {
  return (value >= 1e9 && value < 2e9) || (value >= 1e12 && value < 2e12);
}

/** Moments where nobody knows of them, by what they are called. */
export function isMomentAt(key: string, value: number): boolean {
  return isMoment(value) && /(?:_at|_time|At|Time|^created|^expires|timestamp|date)$/.test(key);
}

/** Every digit of a large number, which would be written with an exponent. */
export function digitsOf(value: number): string {
  return Math.abs(value) >= 1e21 && Number.isFinite(value) ? String(BigInt(value)) : String(value);
}
