/** The master key: 32 bytes that the operator keeps, from a file, the environment or a key-management command. */
import { createHmac } from 'node:crypto';
import { KEY_BYTES } from '../../base/envelope.ts';

/** @throws Error that says what is wrong with the text and repeats nothing of it */
export function parseMasterKey(text: string): Buffer {
  const trimmed = text.trim();
  const isHex = /^[0-9a-f]{64}$/i.test(trimmed);
  const isBase64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed);
  if (!isHex && !isBase64) {
    throw new Error(
      `the master key must be ${KEY_BYTES} bytes in base64 or hexadecimal, as \`openssl rand -base64 32\` prints them`,
    );
  }
  const key = Buffer.from(trimmed, isHex ? 'hex' : 'base64');
  if (key.length !== KEY_BYTES) throw new Error(`the master key must be ${KEY_BYTES} bytes`);
  if (new Set(key).size < 8) throw new Error('the master key must be random');
  return key;
}

/** Tells keys apart without telling anything about them. */
export function masterKeyId(key: Buffer): string {
  return createHmac('sha256', key).update('bartizan master key id').digest('hex').slice(0, 16);
}
