/** The form of an API key: recognizable to people and scanners, 256 random bits, and a checksum that catches typing errors. */
import { hash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

const PREFIX = 'bz_';
const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 62^43 > 2^256. */
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const FORM = /^bz_[0-9A-Za-z]{49}$/;
const HINT_LENGTH = 7;

export function newApiKey(): string {
  let secret = '';
  while (secret.length < SECRET_LENGTH) {
    for (const byte of randomBytes(64)) {
      // 248 is the largest multiple of 62 in a byte: taking more would favour the first letters.
      if (byte < 248 && secret.length < SECRET_LENGTH) secret += ALPHABET.charAt(byte % 62);
    }
  }
  return PREFIX + secret + checksumOf(secret);
}

/** Whether it means to be one of our keys, well-formed or not. */
export function looksLikeApiKey(credential: string): boolean {
  return credential.startsWith(PREFIX);
}

/** Whether it can be a key that was once given out; no look-up is spent on what cannot. */
export function isWellFormed(key: string): boolean {
  return FORM.test(key) && key.endsWith(checksumOf(key.slice(PREFIX.length, -CHECKSUM_LENGTH)));
}

/** Not a slow hash: there is no guessing 256 random bits. */
export function hashOf(key: string): string {
  return hash('sha256', key, 'hex');
}

/** The first characters, to recognize a key by. */
export function hintOf(key: string): string {
  return key.slice(0, HINT_LENGTH);
}

function checksumOf(secret: string): string {
  let rest = crc32(secret);
  let text = '';
  for (let i = 0; i < CHECKSUM_LENGTH; i++) {
    text = ALPHABET.charAt(rest % 62) + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}
