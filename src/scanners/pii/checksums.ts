/** Check digits: each function takes a number without its punctuation and says whether it adds up. */

/** ISO/IEC 7812-1 annex B. */
export function hasLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 0x30;
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** The sum of each digit times its weight; digits beyond the weights do not count. */
export function weighted(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += digitAt(digits, i) * (weights[i] ?? 0);
  return sum;
}

/** The weighted sum's remainder is subtracted from the modulus, and must be the digit behind the weighted ones. */
export function hasComplement(digits: string, weights: readonly number[], modulus: number): boolean {
  const check = (modulus - (weighted(digits, weights) % modulus)) % modulus;
  return check === digitAt(digits, weights.length);
}

/** ISO/IEC 7064 MOD 11,10. */
export function hasMod11And10(digits: string): boolean {
  let product = 10;
  for (let i = 0; i < digits.length - 1; i++) {
    const sum = (digitAt(digits, i) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === digitAt(digits, digits.length - 1);
}

/** What is left of a number of any length. */
export function remainder(digits: string, modulus: number): number {
  let rest = 0;
  for (let i = 0; i < digits.length; i++) rest = (rest * 10 + digitAt(digits, i)) % modulus;
  return rest;
}

/** Multiplication in the dihedral group D5, and its permutation (J. Verhoeff, 1969). */
const DIHEDRAL = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
] as const;
const PERMUTATION = '1576283094';

export function hasVerhoeff(digits: string): boolean {
  let check = 0;
  for (let i = 0; i < digits.length; i++) {
    let digit = digitAt(digits, digits.length - 1 - i);
    for (let round = i % 8; round > 0; round--) digit = digitAt(PERMUTATION, digit);
    check = digitAt(DIHEDRAL[check] ?? '', digit);
  }
  return check === 0;
}

/** A day that the calendar has; the year may have two digits. 29 February is taken in every year of two digits. */
export function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeap = year < 100 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
  if (month === 2) return day <= (isLeap ? 29 : 28);
  return day <= (month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31);
}

/** The number that digits `from` to `to` write. */
export function part(digits: string, from: number, to: number): number {
  return Number(digits.slice(from, to));
}

export function digitAt(digits: string, index: number): number {
  return digits.charCodeAt(index) - 0x30;
}
