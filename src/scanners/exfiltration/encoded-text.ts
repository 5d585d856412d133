/** Tells text that was encoded to travel in an address from the identifiers, hashes and signatures that live there. */
import { isUtf8 } from 'node:buffer';

/** Shorter ones decode to text by chance, and carry little. */
const MIN_BASE64 = 20;
const MIN_HEX = 24;
const MIN_BASE32 = 20;
const BASE64 = /^[A-Za-z0-9+/_-]+={0,2}$/;
const HEX = /^(?:[0-9a-f]{2})+$/i;
const BASE32 = /^[a-z2-7]+=*$/i;
const BASE32_DIGITS = 'abcdefghijklmnopqrstuvwxyz234567';
const CONTROL = /[^\P{Cc}\t\r\n]/u;

/** Whether a value is base64 (either alphabet), hexadecimal or base32 of something that reads as text. */
export function isEncodedText(value: string): boolean {
  if (value.length >= MIN_HEX && HEX.test(value)) return isText(Buffer.from(value, 'hex'));
  if (value.length >= MIN_BASE64 && BASE64.test(value) && isText(Buffer.from(value, 'base64'))) return true;
  return value.length >= MIN_BASE32 && BASE32.test(value) && isText(fromBase32(value));
}

function isText(bytes: Buffer): boolean {
  // The last character may be cut off: an address is read up to a limit only.
  const whole = isUtf8(bytes) ? bytes : bytes.subarray(0, -3);
  if (whole.length < 10 || !isUtf8(whole)) return false;
  const text = whole.toString('utf8');
  if (CONTROL.test(text)) return false;
  const signs = text.replace(/[\p{L}\p{N} ]/gu, '');
  return signs.length <= text.length * 0.3;
}

function fromBase32(value: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let buffer = 0;
  for (const digit of value.toLowerCase()) {
    const five = BASE32_DIGITS.indexOf(digit);
    if (five < 0) break;
    buffer = ((buffer << 5) | five) & 0xfff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((buffer >> bits) & 0xff);
    }
  }
  return Buffer.from(bytes);
}
