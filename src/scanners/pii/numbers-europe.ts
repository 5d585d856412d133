/** Numbers that the states of Europe give to people. */
import {
  digitAt,
  hasComplement,
  hasLuhn,
  hasMod11And10,
  isDay,
  part,
  remainder,
  weighted,
} from './checksums.ts';
import type { NumberKind } from './number-kind.ts';

export const EUROPEAN_NUMBERS: readonly NumberKind[] = [
  {
    // NHS Data Dictionary: mod 11; a check digit of ten is never given.
    kind: 'UK_NHS',
    written: { '10': 0.3, '3 3 4': 0.4, '3-3-4': 0.3 },
    form: /^\d{10}$/,
    check: (digits) => hasComplement(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2], 11),
  },
  {
    // HMRC NIM39110: letters and prefixes that are never given.
    kind: 'UK_NINO',
    written: { '9': 0.7, '2 2 2 2 1': 0.85, '2-2-2-2-1': 0.85, '2 6 1': 0.8, '2-6-1': 0.8 },
    form: /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/,
  },
  {
    // § 139b AO: of the first ten digits exactly one comes twice or three times; ISO 7064 MOD 11,10.
    kind: 'DE_TAX_ID',
    written: { '11': 0.6, '2 3 3 3': 0.8, '2/3/3/3': 0.8 },
    form: /^[1-9]\d{10}$/,
    check: (digits) => hasMod11And10(digits) && repeatsOneDigit(digits.slice(0, 10)),
  },
  {
    // § 147 SGB VI: area, birthday, a letter of the name, serial, check digit.
    kind: 'DE_SOCIAL_SECURITY',
    written: { '12': 0.7, '2 6 1 3': 0.85, '2 6 1 2 1': 0.85 },
    form: /^\d\d(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d[A-Z]\d{3}$/,
    check: hasPensionCheck,
  },
  {
    // Insee: the key is 97 less the number's remainder; Corsica's 2A and 2B count as 19 and 18.
    kind: 'FR_NIR',
    written: { '15': 0.85, '1 2 2 2 3 3 2': 0.9, '13 2': 0.85, '1 2 2 2 3 3': 0 },
    form: /^[123478]\d\d(?:0[1-9]|1[0-2]|[2-9]\d)(?:\d\d|2[AB])\d{8}$/,
    check: (number) => {
      const digits = number.replace('2A', '19').replace('2B', '18');
      return 97 - remainder(digits.slice(0, 13), 97) === part(digits, 13, 15);
    },
  },
  {
    // Orden INT/2058/2008: the letter is the number's remainder by 23.
    kind: 'ES_NIF',
    written: { '9': 0.6, '8-1': 0.7, '8 1': 0.5, '2.3.3-1': 0.85, '2.3.3.1': 0.8 },
    form: /^\d{8}[AC-FHJLNP-TV-Z]$/,
    check: hasSpanishLetter,
  },
  {
    // With these letters, bare, it is as likely so many kilobytes.
    kind: 'ES_NIF',
    written: { '9': 0.3, '8-1': 0.7, '8 1': 0.3, '2.3.3-1': 0.85, '2.3.3.1': 0.8 },
    form: /^\d{8}[BGKM]$/,
    check: hasSpanishLetter,
  },
  {
    kind: 'ES_NIE',
    written: { '9': 0.7, '8-1': 0.8, '1-7-1': 0.85, '1 7 1': 0.7 },
    form: /^[XYZ]\d{7}[A-HJ-NP-TV-Z]$/,
    check: (number) => hasSpanishLetter(`${'XYZ'.indexOf(number.charAt(0))}${number.slice(1)}`),
  },
  {
    // D.M. 23 dicembre 1976; digits may be replaced by letters where two people would have the same.
    kind: 'IT_FISCAL_CODE',
    written: { '16': 0.9 },
    form: /^[A-Z]{6}[\dLMNP-V]{2}[ABCDEHLMPRST][\dLMNP-V]{2}[A-Z][\dLMNP-V]{3}[A-Z]$/,
    check: hasFiscalCheck,
  },
  {
    // The "eleven test": the last digit counts -1.
    kind: 'NL_BSN',
    written: { '9': 0.3, '4.2.3': 0.5, '3 3 3': 0.3, '8': 0 },
    form: /^\d{8,9}$/,
    check: isBsn,
  },
  {
    // KB 3 april 1984: 97 less the remainder; from 2000 on with a 2 before the number.
    kind: 'BE_NATIONAL_NUMBER',
    written: { '11': 0.6, '2.2.2-3.2': 0.95, '6-3-2': 0.85, '6 3 2': 0.8, '2 2 2 3 2': 0.7 },
    form: /^\d\d[0-5]\d[0-3]\d{6}$/,
    check: (digits) =>
      [0, 2].some((century) => 97 - ((century * 1e9 + part(digits, 0, 9)) % 97) === part(digits, 9, 11)),
  },
  {
    // Ustawa o ewidencji ludności art. 15: the month also tells the century.
    kind: 'PL_PESEL',
    written: { '11': 0.4 },
    form: /^\d\d(?:[02468][1-9]|[13579][0-2])[0-3]\d{6}$/,
    check: (digits) =>
      isDay(part(digits, 0, 2), part(digits, 2, 4) % 20, part(digits, 4, 6)) &&
      hasComplement(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3], 10),
  },
  {
    kind: 'PT_NIF',
    written: { '9': 0.3, '3 3 3': 0.3 },
    form: /^[1235689]\d{8}$/,
    check: (digits) => {
      const check = 11 - (weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11);
      return (check > 9 ? 0 : check) === digitAt(digits, 8);
    },
  },
  {
    // SKV 704: birthday (plus 60 in coordination numbers), serial, Luhn.
    kind: 'SE_PERSONNUMMER',
    written: { '6-4': 0.6, '6+4': 0.7, '8-4': 0.8, '10': 0.3, '12': 0.4 },
    form: /^(?:18|19|20)?\d\d[01]\d[0-9]\d{5}$/,
    check: (number) => {
      const digits = number.slice(-10);
      return isDay(part(digits, 0, 2), part(digits, 2, 4), part(digits, 4, 6) % 60) && hasLuhn(digits);
    },
  },
  {
    // Digital and Population Data Services Agency: the sign between tells the century; remainder by 31.
    kind: 'FI_PERSONAL_IDENTITY_CODE',
    written: { '6-4': 0.85, '6+4': 0.85, '11': 0.85 },
    form: /^\d{6}[A-FU-Y]?\d{3}[\dA-FHJ-NPR-Y]$/,
    check: (number) => {
      const serial = number.slice(-4, -1);
      return (
        isDay(part(number, 4, 6), part(number, 2, 4), part(number, 0, 2)) &&
        '0123456789ABCDEFHJKLMNPRSTUVWXY'.charAt(Number(number.slice(0, 6) + serial) % 31) ===
          number.slice(-1)
      );
    },
  },
  {
    // CPR numbers given since 2007 have no check digit: the birthday is all there is.
    kind: 'DK_CPR',
    written: { '6-4': 0.4, '10': 0, '6 4': 0 },
    form: /^[0-3]\d[01]\d{7}$/,
    check: (digits) => isDay(part(digits, 4, 6), part(digits, 2, 4), part(digits, 0, 2)),
  },
  {
    // Skatteetaten: two check digits mod 11; D-numbers add 40 to the day.
    kind: 'NO_FODSELSNUMMER',
    written: { '11': 0.6, '6 5': 0.7 },
    form: /^[0-7]\d[01]\d{8}$/,
    check: (digits) =>
      isDay(part(digits, 4, 6), part(digits, 2, 4), part(digits, 0, 2) % 40) &&
      hasComplement(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2], 11) &&
      hasComplement(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 11),
  },
  {
    kind: 'IE_PPS',
    written: { '8': 0.5, '9': 0.6, '7 1': 0, '7 2': 0 },
    form: /^\d{7}[A-W][A-IW]?$/,
    check: hasIrishLetter,
  },
  {
    // Serial, check digit, birthday; months 13 to 15 are given where serials run out.
    kind: 'AT_SVNR',
    written: { '4 6': 0.6, '10': 0.3, '4-6': 0.5, '4/6': 0.5 },
    form: /^[1-9]\d{3}[0-3]\d(?:0[1-9]|1[0-5])\d\d$/,
    check: (digits) => weighted(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === digitAt(digits, 3),
  },
  {
    // An EAN-13 of the country 756.
    kind: 'CH_AHV',
    written: { '13': 0.7, '3.4.4.2': 0.95, '3 4 4 2': 0.8 },
    form: /^756\d{10}$/,
    check: (digits) => hasComplement(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3], 10),
  },
];

export function hasSpanishLetter(number: string): boolean {
  return 'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(part(number, 0, 8) % 23) === number.charAt(8);
}

/** A second letter counts nine times; W counts nothing. */
export function hasIrishLetter(number: string): boolean {
  const letters = 'WABCDEFGHIJKLMNOPQRSTUV';
  const second = number.length > 8 ? letters.indexOf(number.charAt(8)) : 0;
  return letters.charAt((weighted(number, [8, 7, 6, 5, 4, 3, 2]) + second * 9) % 23) === number.charAt(7);
}

export function isBsn(number: string): boolean {
  const digits = number.padStart(9, '0');
  return Number(digits) > 0 && weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0;
}

function repeatsOneDigit(digits: string): boolean {
  const counts = Array.from({ length: 10 }, (_, digit) => digits.split(String(digit)).length - 1);
  const repeated = counts.filter((count) => count > 1);
  return repeated.length === 1 && (repeated[0] ?? 0) <= 3;
}

/** The letter counts as its place in the alphabet, two digits; products count as the sum of their digits. */
function hasPensionCheck(number: string): boolean {
  const letter = String(number.charCodeAt(8) - 0x40).padStart(2, '0');
  const digits = number.slice(0, 8) + letter + number.slice(9);
  let sum = 0;
  [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1].forEach((weight, index) => {
    const product = digitAt(digits, index) * weight;
    sum += Math.floor(product / 10) + (product % 10);
  });
  return sum % 10 === digitAt(digits, 12);
}

/** What a letter or digit counts in an odd place, by its place in 0-9 and A-J, then from K on. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

function hasFiscalCheck(code: string): boolean {
  let sum = 0;
  for (let i = 0; i < 15; i++) {
    const unit = code.charCodeAt(i);
    const value = unit < 0x40 ? unit - 0x30 : unit - 0x41;
    sum += i % 2 === 0 ? (ODD[value] ?? 0) : value;
  }
  return sum % 26 === code.charCodeAt(15) - 0x41;
}
