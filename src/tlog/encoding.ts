/** The encodings that the log's texts share, each with one accepted form: base64, decimals, UTF-8, big-endian. */
import { demand, TlogError } from './errors.ts';
import { HASH_BYTES } from './hashes.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

/** The text of valid UTF-8, else undefined. A byte order mark is text like any other. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    // The one thing that a fatal decoder throws.
    if (cause instanceof TypeError) return undefined;
    throw cause;
  }
}

/** Standard, padded base64 (RFC 4648, section 4). */
export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** The bytes of standard, padded base64; `malformed_base64` on any other form of the same bytes. */
export function fromBase64(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64');
  demand(bytes.toString('base64') === text, 'malformed_base64');
  return new Uint8Array(bytes);
}

/** A hash in base64; `hash_wrong_length` if it is not of 32 bytes. */
export function hashFromBase64(text: string): Uint8Array {
  const hash = fromBase64(text);
  demand(hash.length === HASH_BYTES, 'hash_wrong_length');
  return hash;
}

/** A number from 0 to 2^53-1 in ASCII digits without leading zeros, in which the specifications write sizes. */
export function fromDecimal(text: string): number {
  demand(/^(0|[1-9][0-9]*)$/.test(text), 'malformed_number');
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new TlogError('number_too_large');
  return value;
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

export function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
