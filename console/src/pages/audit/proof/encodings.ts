/** The encodings of C2SP's texts, each with one accepted form, and the fault that everything here throws. */

/** What was given does not show what it should. */
export class Fault extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'Fault';
    this.code = code;
  }
}

export function need(condition: boolean, code: string, message: string): asserts condition {
  if (!condition) throw new Fault(code, message);
}

/** What WebCrypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export const utf8 = (text: string): Bytes => encoder.encode(text);

export function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new Fault('not_utf8', 'A text is not valid UTF-8.');
  }
}

export function fromBase64(text: string): Bytes {
  let binary = '';
  try {
    binary = atob(text);
  } catch {
    throw new Fault('malformed_base64', 'A base64 text is not in its canonical form.');
  }
  need(btoa(binary) === text, 'malformed_base64', 'A base64 text is not in its canonical form.');
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}

export function hashFrom(text: string): Bytes {
  const hash = fromBase64(text);
  need(hash.length === 32, 'hash_wrong_length', 'A hash does not have 32 bytes.');
  return hash;
}

export function numberFrom(text: string): number {
  const isOne = /^(0|[1-9]\d*)$/.test(text) && Number.isSafeInteger(Number(text));
  need(isOne, 'malformed_number', 'A number is not in its one form.');
  return Number(text);
}

export function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

export async function sha256(...parts: readonly Uint8Array[]): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', joined(...parts)));
}
