/** Value added tax numbers of the European Union's member states, with their country's letters before them. */
import { digitAt, hasComplement, hasLuhn, hasMod11And10, part, remainder, weighted } from './checksums.ts';
import type { NumberKind } from './number-kind.ts';
import { hasIrishLetter, hasSpanishLetter, isBsn } from './numbers-europe.ts';

/** The structures are those of VIES (European Commission); the check digits are published by the states. */
const COUNTRIES: Readonly<Record<string, readonly [RegExp, (number: string) => boolean]>> = {
  AT: [/^U\d{8}$/, hasAustrianCheck],
  BE: [/^[01]\d{9}$/, (number) => 97 - (part(number, 0, 8) % 97) === part(number, 8, 10)],
  BG: [/^\d{9}$/, hasBulgarianCheck],
  CY: [/^[0-69]\d{7}[A-Z]$/, hasCypriotLetter],
  CZ: [
    /^\d{8}$|^\d{10}$/,
    (number) => (number.length === 8 ? hasCzechCheck(number) : remainder(number, 11) === 0),
  ],
  DE: [/^[1-9]\d{8}$/, hasMod11And10],
  DK: [/^[1-9]\d{7}$/, (number) => weighted(number, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0],
  EE: [/^10\d{7}$/, (number) => weighted(number, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0],
  EL: [
    /^\d{9}$/,
    (number) => (weighted(number, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === digitAt(number, 8),
  ],
  ES: [/^(?:[A-HJNP-SUVW]\d{7}[\dA-J]|\d{8}[A-Z]|[XYZ]\d{7}[A-Z])$/, hasSpanishCheck],
  FI: [/^\d{8}$/, (number) => weighted(number, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0],
  FR: [
    /^\d{11}$/,
    (number) => (12 + 3 * (part(number, 2, 11) % 97)) % 97 === part(number, 0, 2) && hasLuhn(number.slice(2)),
  ],
  HR: [/^\d{11}$/, hasMod11And10],
  HU: [/^[1-9]\d{7}$/, (number) => hasComplement(number, [9, 7, 3, 1, 9, 7, 3], 10)],
  IE: [/^\d{7}[A-W][A-I]?$/, hasIrishLetter],
  IT: [/^\d{11}$/, (number) => Number(number) > 0 && hasLuhn(number)],
  LT: [/^\d{7}1\d$|^\d{10}1\d$/, hasLithuanianCheck],
  LU: [/^\d{8}$/, (number) => part(number, 0, 6) % 89 === part(number, 6, 8)],
  LV: [/^[4-9]\d{10}$/, (number) => weighted(number, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 === 3],
  MT: [/^[1-9]\d{7}$/, (number) => weighted(number, [3, 4, 6, 7, 8, 9, 10, 1]) % 37 === 0],
  NL: [/^\d{9}B\d\d$/, hasDutchCheck],
  PL: [/^\d{10}$/, (number) => weighted(number, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === digitAt(number, 9)],
  PT: [
    /^[1-9]\d{8}$/,
    (number) => {
      const check = 11 - (weighted(number, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
      return (check > 9 ? 0 : check) === digitAt(number, 8);
    },
  ],
  RO: [/^[1-9]\d{3,9}$/, hasRomanianCheck],
  SE: [/^\d{10}01$/, (number) => hasLuhn(number.slice(0, 10))],
  SI: [/^[1-9]\d{7}$/, (number) => hasComplement(number, [8, 7, 6, 5, 4, 3, 2], 11)],
  SK: [/^[1-9]\d{9}$/, (number) => remainder(number, 11) === 0],
};

const CODE = Object.keys(COUNTRIES).join('|');

export const VAT_NUMBERS: readonly NumberKind[] = [
  {
    kind: 'EU_VAT',
    written: {
      ...Object.fromEntries([8, 9, 10, 11, 12, 13, 14].map((length) => [String(length), 0.85])),
      // The letters apart, and the groups that BE, DE, FR, IT, NL and others are fond of.
      ...Object.fromEntries(
        [8, 9, 10, 11, 12].flatMap((length) => [
          [`2 ${length}`, 0.8],
          [`2-${length}`, 0.8],
        ]),
      ),
      '2 3 3 3': 0.8,
      '2 2 9': 0.8,
      '4 9': 0.8,
      '4 3 3 3': 0.85,
      '2 2 3 3 3': 0.85,
      '2 4.3.3': 0.9,
      '6.3.3': 0.9,
      '6 3 3': 0.85,
      '2 4 3 3': 0.85,
      '3 8': 0.8,
      '2-3-3-2-2': 0.8,
      '5-3-2-2': 0.8,
    },
    form: new RegExp(`^(?:${CODE})[A-Z\\d]{4,12}$`),
    check: (compact) => {
      const [form, check] = COUNTRIES[compact.slice(0, 2)] ?? [];
      const number = compact.slice(2);
      return form?.test(number) === true && check?.(number) === true;
    },
  },
];

function hasAustrianCheck(number: string): boolean {
  let sum = 4;
  for (let i = 1; i < 8; i++) {
    const digit = digitAt(number, i);
    sum += i % 2 === 1 ? digit : Math.floor(digit / 5) + ((digit * 2) % 10);
  }
  return (10 - (sum % 10)) % 10 === digitAt(number, 8);
}

function hasBulgarianCheck(number: string): boolean {
  const first = weighted(number, [1, 2, 3, 4, 5, 6, 7, 8]) % 11;
  const rest = first === 10 ? (weighted(number, [3, 4, 5, 6, 7, 8, 9, 10]) % 11) % 10 : first;
  return rest === digitAt(number, 8);
}

function hasCypriotLetter(number: string): boolean {
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
  let sum = 0;
  for (let i = 0; i < 8; i++) sum += i % 2 === 0 ? (odd[digitAt(number, i)] ?? 0) : digitAt(number, i);
  return sum % 26 === number.charCodeAt(8) - 0x41;
}

function hasCzechCheck(number: string): boolean {
  const check = 11 - (weighted(number, [8, 7, 6, 5, 4, 3, 2]) % 11);
  return check % 10 === digitAt(number, 7);
}

/** Of a person the letter, of a firm the check digit or the letter in its stead. */
function hasSpanishCheck(number: string): boolean {
  const first = number.charAt(0);
  if (first >= '0' && first <= '9') return hasSpanishLetter(number);
  if ('XYZ'.includes(first)) return hasSpanishLetter(`${'XYZ'.indexOf(first)}${number.slice(1)}`);
  const digits = number.slice(1, 8);
  let sum = 0;
  for (let i = 0; i < 7; i++) {
    const digit = digitAt(digits, i);
    sum += i % 2 === 1 ? digit : Math.floor(digit / 5) + ((digit * 2) % 10);
  }
  const check = (10 - (sum % 10)) % 10;
  const last = number.charAt(8);
  return last === String(check) || last === 'JABCDEFGHI'.charAt(check);
}

function hasLithuanianCheck(number: string): boolean {
  const weights = (shift: number): readonly number[] =>
    Array.from({ length: number.length - 1 }, (_, index) => 1 + ((index + shift) % 9));
  const first = weighted(number, weights(0)) % 11;
  const rest = first === 10 ? (weighted(number, weights(2)) % 11) % 10 : first;
  return rest === digitAt(number, number.length - 1);
}

/** Firms carry a BSN's check digit; numbers of sole traders since 2020 are checked as an IBAN is. */
function hasDutchCheck(number: string): boolean {
  if (isBsn(number.slice(0, 9))) return true;
  return remainder(`2321${number.replace('B', '11')}`, 97) === 1;
}

function hasRomanianCheck(number: string): boolean {
  const digits = number.padStart(10, '0');
  return ((weighted(digits, [7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10) % 11) % 10 === digitAt(digits, 9);
}
