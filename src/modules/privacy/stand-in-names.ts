/** Names for what is replaced: the same value gets the same one within a domain, and nobody without the key can test a guess. */
import { createHmac } from 'node:crypto';

/** Length of the part that tells values apart: 50 bits, in base 32. */
export const CODE_LENGTH = 10;
export const MAX_LABEL = 40;
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567';

/** A kind as it stands in a stand-in: `EMAIL_ADDRESS`, `AWS_ACCESS_KEY_ID`. */
export function labelOf(kind: string): string {
  const label = kind
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, MAX_LABEL);
  return label === '' ? 'VALUE' : label;
}

/** `<EMAIL_ADDRESS_k7f2q9m4ab>`. `attempt` counts up where another value has the code already. */
export function standInFor(
  key: Buffer,
  domain: string,
  kind: string,
  value: string,
  attempt: number,
): string {
  const mac = createHmac('sha256', key)
    .update(JSON.stringify([domain, kind, canonical(kind, value), attempt]))
    .digest();
  return `<${labelOf(kind)}_${codeOf(mac, CODE_LENGTH)}>`;
}

/** In base 32, five bits of each byte. */
export function codeOf(mac: Buffer, length: number): string {
  let code = '';
  for (let i = 0; i < length; i++) code += ALPHABET.charAt(mac.readUInt8(i) & 31);
  return code;
}

export function isSameValue(kind: string, one: string, other: string): boolean {
  return canonical(kind, one) === canonical(kind, other);
}

/** Ways of writing the same value are one value. */
function canonical(kind: string, value: string): string {
  switch (kind) {
    case 'EMAIL_ADDRESS':
    case 'IP_ADDRESS':
      return value.toLowerCase();
    case 'CREDIT_CARD':
    case 'US_SSN':
      return value.replace(/\D/g, '');
    case 'PHONE_NUMBER':
      return value.replace(/[^\d+]/g, '');
    case 'IBAN_CODE':
      return value.replace(/[^A-Za-z0-9]/g, '').toUpperCase();
    default:
      return value;
  }
}
