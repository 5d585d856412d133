/** Checksums that issuers put into their tokens, so that a mistyped or invented one is told from a real one. */
import { crc32 } from 'node:zlib';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const CHECKSUM_LENGTH = 6;

/**
 * The last six characters are the CRC-32 of the random ones before them, in base 62: GitHub's form of 2021, which npm
 * and Bartizan took over.
 * @see https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
export function hasCrc32OfRandomPart(token: string): boolean {
  const end = token.length - CHECKSUM_LENGTH;
  return token.slice(end) === inBase62(crc32(token.slice(token.indexOf('_') + 1, end)));
}

function inBase62(value: number): string {
  let written = '';
  for (let rest = value; written.length < CHECKSUM_LENGTH; rest = Math.floor(rest / BASE62.length))
    written = (BASE62[rest % BASE62.length] ?? '') + written;
  return written;
}
