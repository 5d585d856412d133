/** Numbers that states of the Americas (but for the United States), of Asia and of the Pacific give to people and firms. */
import { digitAt, hasLuhn, hasVerhoeff, isDay, part, weighted } from './checksums.ts';
import type { NumberKind } from './number-kind.ts';

export const OTHER_NUMBERS: readonly NumberKind[] = [
  {
    // No province gives 0 or 8 as the first digit.
    kind: 'CA_SIN',
    written: { '9': 0.3, '3 3 3': 0.4, '3-3-3': 0.4 },
    form: /^[1-79]\d{8}$/,
    check: hasLuhn,
  },
  {
    kind: 'AU_TFN',
    written: { '9': 0.3, '3 3 3': 0.35, '3-3-3': 0.3 },
    form: /^\d{9}$/,
    check: (digits) => Number(digits) > 0 && weighted(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
  },
  {
    // Australian Business Register: one is taken from the first digit; mod 89.
    kind: 'AU_ABN',
    written: { '11': 0.45, '2 3 3 3': 0.7 },
    form: /^[1-9]\d{10}$/,
    check: (digits) => (weighted(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0,
  },
  {
    kind: 'AU_MEDICARE',
    written: {
      '10': 0.3,
      '11': 0,
      '4 5 1': 0.6,
      '4-5-1': 0.6,
      '4 5 1 1': 0.6,
      '4 5 1/1': 0.7,
      '4 5 1-1': 0.7,
    },
    form: /^[2-6]\d{9,10}$/,
    check: (digits) => weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === digitAt(digits, 8),
  },
  {
    kind: 'IN_AADHAAR',
    written: { '12': 0.3, '4 4 4': 0.5, '4-4-4': 0.5 },
    form: /^[2-9]\d{11}$/,
    check: hasVerhoeff,
  },
  {
    // The fourth letter tells what sort of person it is.
    kind: 'IN_PAN',
    written: { '10': 0.6 },
    form: /^[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]$/,
  },
  {
    kind: 'SG_NRIC_FIN',
    written: { '9': 0.8 },
    form: /^[STFGM]\d{7}[A-Z]$/,
    check: hasSingaporeLetter,
  },
  {
    // Receita Federal: two check digits; a digit repeated eleven times adds up and is not given.
    kind: 'BR_CPF',
    written: { '11': 0.45, '3.3.3-2': 0.95, '9-2': 0.8, '3 3 3 2': 0.6 },
    form: /^(?!(\d)\1{10})\d{11}$/,
    check: (digits) =>
      hasBrazilianCheck(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) &&
      hasBrazilianCheck(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]),
  },
  {
    kind: 'BR_CNPJ',
    written: { '14': 0.45, '2.3.3/4-2': 0.95, '12-2': 0.7 },
    form: /^(?!(\d)\1{13})\d{14}$/,
    check: (digits) =>
      hasBrazilianCheck(digits, [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]) &&
      hasBrazilianCheck(digits, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]),
  },
  {
    kind: 'MX_CURP',
    written: { '18': 0.9 },
    form: /^[A-Z]{4}\d\d(?:0[1-9]|1[0-2])[0-3]\d[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[\dA-Z]\d$/,
    check: hasCurpCheck,
  },
  {
    kind: 'KR_RRN',
    written: { '6-7': 0.8, '13': 0.4 },
    form: /^\d{6}[1-8]\d{6}$/,
    check: (digits) =>
      isKoreanBirthday(digits) &&
      (11 - (weighted(digits, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 === digitAt(digits, 12),
  },
  {
    // Numbers given since October 2020 have no check digit.
    kind: 'KR_RRN',
    written: { '6-7': 0.5, '13': 0 },
    form: /^\d{6}[1-8]\d{6}$/,
    check: isKoreanBirthday,
  },
  {
    kind: 'JP_MY_NUMBER',
    written: { '12': 0.2, '4 4 4': 0.3, '4-4-4': 0.3 },
    form: /^\d{12}$/,
    check: (digits) => {
      const rest = weighted(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
      return Number(digits) > 0 && (rest < 2 ? 0 : 11 - rest) === digitAt(digits, 11);
    },
  },
];

function hasBrazilianCheck(digits: string, weights: readonly number[]): boolean {
  return ((weighted(digits, weights) * 10) % 11) % 10 === digitAt(digits, weights.length);
}

function isKoreanBirthday(digits: string): boolean {
  return isDay(part(digits, 0, 2), part(digits, 2, 4), part(digits, 4, 6));
}

/** The first letter shifts the sum, and chooses the letters. */
function hasSingaporeLetter(number: string): boolean {
  const first = number.charAt(0);
  const shift = first === 'T' || first === 'G' ? 4 : first === 'M' ? 3 : 0;
  const letters =
    first === 'S' || first === 'T' ? 'JZIHGFEDCBA' : first === 'M' ? 'XWUTRQPNJLK' : 'XWUTRQPNMLK';
  const rest = (weighted(number.slice(1), [2, 7, 6, 5, 4, 3, 2]) + shift) % 11;
  return letters.charAt(rest) === number.charAt(8);
}

/** Ñ stands in the alphabet that is counted by. */
function hasCurpCheck(curp: string): boolean {
  const alphabet = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';
  let sum = 0;
  for (let i = 0; i < 17; i++) sum += alphabet.indexOf(curp.charAt(i)) * (18 - i);
  return (10 - (sum % 10)) % 10 === digitAt(curp, 17);
}
