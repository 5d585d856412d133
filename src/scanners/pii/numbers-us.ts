/** Numbers of the United States, and of its health care. */
import { digitAt, hasLuhn, weighted } from './checksums.ts';
import { plain, type NumberKind } from './number-kind.ts';

export const US_NUMBERS: readonly NumberKind[] = [
  {
    // Area 000, 666 and 9xx, group 00 and serial 0000 do not exist (SSA POMS RM 10201.035).
    kind: 'US_SSN',
    written: { '3-2-4': 0.85, '3 2 4': 0.5, '9': 0 },
    form: /^(?!000|666|9)\d{3}(?!00)\d\d(?!0000)\d{4}$/,
  },
  {
    // Internal Revenue Manual 3.21.263: 9xx, and these groups.
    kind: 'US_ITIN',
    written: { '3-2-4': 0.8, '3 2 4': 0.5, '9': 0 },
    form: /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-2]|9[4-9])\d{4}$/,
  },
  {
    // The Federal Reserve's districts; weights 3, 7, 1 (American Bankers Association).
    kind: 'ABA_ROUTING_NUMBER',
    written: { '9': 0.3, '4-4-1': 0.5 },
    form: /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/,
    check: (digits) => weighted(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0,
  },
  {
    // 45 CFR 162.406: Luhn over the number with 80840 before it.
    kind: 'US_NPI',
    written: { '10': 0.3, '4-3-3': 0.3, '4 3 3': 0.3 },
    form: /^[12]\d{9}$/,
    check: (digits) => hasLuhn(`80840${digits}`),
  },
  {
    // CMS, Medicare Beneficiary Identifier format: the letters S, L, O, I, B, Z are not used.
    kind: 'US_MBI',
    written: { '11': 0.7, '4-3-4': 0.9 },
    form: /^[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y]{2}\d\d$/,
  },
  { kind: 'US_PASSPORT', written: { '9': 0 }, form: /^(?:\d{9}|[A-Z]\d{8})$/ },
  {
    // The states' formats (AAMVA) together: mostly a letter or two and digits.
    kind: 'US_DRIVER_LICENSE',
    written: {
      ...plain(6, 14, 0),
      '4-4-4': 0,
      '1-3-3-3': 0,
      '3-3-3': 0,
      '3 3 3': 0,
      '3-2-4': 0,
      '2-2-4': 0,
      '5-5-5': 0,
    },
    form: /^(?:[A-Z]\d{5,14}|[A-Z]{2}\d{4,8}|[A-Z]{3}\d{6}|[A-Z]\d{2}[A-Z]\d{6}|\d{7,12})$/,
  },
  {
    kind: 'US_BANK_NUMBER',
    written: { ...plain(8, 17, 0), '4-4-4': 0, '4 4 4': 0, '3-3-4': 0 },
    form: /^\d{8,17}$/,
  },
  {
    // 21 CFR 1301: the registrant's type, a letter of the name, seven digits of which the last is a check digit.
    kind: 'MEDICAL_LICENSE',
    written: { '9': 0.4, '2-7': 0.3 },
    form: /^[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}$/,
    check: (number) => {
      const digits = number.slice(2);
      return weighted(digits, [1, 2, 1, 2, 1, 2]) % 10 === digitAt(digits, 6);
    },
  },
  {
    kind: 'MEDICAL_RECORD_NUMBER',
    written: {
      ...plain(5, 12, 0),
      '3-3-3': 0,
      '2-2-2': 0,
      '3-2-4': 0,
      '1-6': 0,
      '2-6': 0,
      '3-6': 0,
      '3-7': 0,
      '3-8': 0,
    },
    form: /^[A-Z]{0,3}\d{5,12}$/,
  },
  {
    // ICD-10-CM: a letter, two digits (but for a few), and up to four characters behind a point.
    kind: 'ICD_10',
    written: { '3': 0, '3.1': 0, '3.2': 0, '3.3': 0, '3.4': 0 },
    form: /^(?:[A-TV-Z]\d\d|C[47]A|C7B|D3A|M1A|O9A|Z3A)[0-9A-Z]{0,4}$/,
  },
];
