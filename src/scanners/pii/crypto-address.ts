/** Addresses of Bitcoin (Base58Check, BIP 173 and 350) and of Ethereum (EIP-55). */
import { createHash } from 'node:crypto';
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Finder } from './candidate.ts';
import { contextBefore, type Context } from './context.ts';
import { keccak256 } from './keccak.ts';

const CANDIDATE =
  /(?<![A-Za-z0-9])(?:[13][1-9A-HJ-NP-Za-km-z]{24,34}|(?:bc1|BC1)[02-9A-Za-z]{11,71}|0x[0-9A-Fa-f]{40})(?![A-Za-z0-9])/g;
const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
/** What the checksum leaves: for witness version 0, and for all later ones. */
const BECH32_REST = 1;
const BECH32M_REST = 0x2bc830a3;

export const cryptoAddress: Finder = {
  decision: 76,
  find(text, from, until) {
    const found: Sighting[] = [];
    CANDIDATE.lastIndex = from;
    for (let match = CANDIDATE.exec(text); match && match.index < until; match = CANDIDATE.exec(text)) {
      const confidence = confidenceOf(match[0], () => contextBefore(text, match.index));
      if (confidence > 0)
        found.push({ start: match.index, end: CANDIDATE.lastIndex, kind: 'CRYPTO', confidence });
    }
    return found;
  },
};

function confidenceOf(address: string, context: () => Context): number {
  if (address.startsWith('0x')) {
    const digits = address.slice(2);
    // Of one case there is no checksum: a hash or a contract's name looks the same.
    if (digits === digits.toLowerCase() || digits === digits.toUpperCase())
      return context().has('CRYPTO') ? 0.8 : 0.5;
    return hasEip55(digits) ? 0.95 : 0;
  }
  const isBech32 = address.startsWith('bc1') || address.startsWith('BC1');
  return (isBech32 ? isSegwit(address) : hasBase58Check(address)) ? 0.95 : 0;
}

/** A letter is a capital where the hash of the small ones has a digit above seven. */
function hasEip55(digits: string): boolean {
  const small = digits.toLowerCase();
  const hash = keccak256(Buffer.from(small, 'latin1'));
  for (let i = 0; i < digits.length; i++) {
    const byte = hash[i >> 1] ?? 0;
    const nibble = i % 2 === 0 ? byte >> 4 : byte & 15;
    const letter = small.charAt(i);
    if (digits.charAt(i) !== (nibble > 7 ? letter.toUpperCase() : letter)) return false;
  }
  return true;
}

/** 25 bytes: a version, 20 of a hash, the first four of a double SHA-256 over them. */
function hasBase58Check(address: string): boolean {
  const bytes = new Uint8Array(25);
  for (const character of address) {
    let carry = BASE58.indexOf(character);
    for (let i = bytes.length - 1; i >= 0; i--) {
      carry += (bytes[i] ?? 0) * 58;
      bytes[i] = carry & 255;
      carry >>= 8;
    }
    if (carry > 0) return false;
  }
  if (bytes[0] !== 0 && bytes[0] !== 5) return false;
  const hash = sha256(sha256(bytes.subarray(0, 21)));
  return [0, 1, 2, 3].every((index) => hash[index] === bytes[21 + index]);
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

function isSegwit(address: string): boolean {
  if (address !== address.toLowerCase() && address !== address.toUpperCase()) return false;
  const values = Array.from(address.toLowerCase().slice(3), (character) => BECH32.indexOf(character));
  if (values.includes(-1)) return false;
  // "bc" as the checksum reads it, and the separator's zero.
  const rest = [3, 3, 0, 2, 3, ...values].reduce(polymod, 1);
  return rest === (values[0] === 0 ? BECH32_REST : BECH32M_REST);
}

function polymod(checksum: number, value: number): number {
  const top = checksum >>> 25;
  let next = ((checksum & 0x1ffffff) << 5) ^ value;
  GENERATOR.forEach((generator, bit) => {
    if ((top >> bit) & 1) next ^= generator;
  });
  return next;
}
