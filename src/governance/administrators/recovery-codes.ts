/** Codes to write down, for the day the authenticator is lost: each opens once. */
import { createHash, randomInt } from 'node:crypto';

const CODES = 10;
/** Crockford's alphabet: nothing that is read as something else. 60 bits each. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LETTERS = 12;

export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: CODES }, () => {
    const letters = Array.from({ length: LETTERS }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    return letters.replaceAll(/(.{4})(?=.)/g, '$1-');
  });
}

/** Hyphens, spaces and case do not count, and look-alikes are what they look like. */
export function recoveryHash(code: string, reference: string): string {
  const plain = code.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
  return createHash('sha256').update(`${reference} ${plain}`).digest('hex');
}
