/** Secrets that the house gives out: 256 random bits, kept as a hash, so that who reads the store can be nobody. */
import { hash, randomBytes } from 'node:crypto';

export function newToken(prefix = ''): string {
  return `${prefix}${randomBytes(32).toString('base64url')}`;
}

/** SHA-256 in hexadecimal: a slow hash would protect nothing. */
export function hashOf(token: string): string {
  return hash('sha256', token);
}
