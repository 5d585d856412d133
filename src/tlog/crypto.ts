/** SHA-256 and Ed25519 over plain bytes: the one file of the log that knows where its cryptography comes from. */
import { createPrivateKey, createPublicKey, hash, randomBytes, sign, verify } from 'node:crypto';
import { demand } from './errors.ts';

/** The DER that stands before a raw key of 32 bytes (RFC 8410). */
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

const RAW_KEY_BYTES = 32;
export const ED25519_SIGNATURE_BYTES = 64;

/** The SHA-256 of the bytes: 32 bytes. */
export function sha256(data: Uint8Array): Uint8Array {
  // Told as a string of Latin-1 and made bytes here: a third cheaper than as a buffer of its own.
  const digest = Buffer.from(hash('sha256', data, 'binary'), 'binary');
  return new Uint8Array(digest.buffer, digest.byteOffset, digest.byteLength);
}

/** The same, written to where the hash belongs. */
export function sha256Into(data: Uint8Array, target: Buffer, at: number): void {
  target.write(hash('sha256', data, 'binary'), at, 'binary');
}

/** Whether a signature of 64 bytes over the message is by the key. The key is read once, here. */
export type Ed25519Verify = (message: Uint8Array, signature: Uint8Array) => boolean;

/** A check of signatures by a raw public key of 32 bytes (RFC 8032); `malformed_key` on another length. */
export function ed25519Verifier(publicKey: Uint8Array): Ed25519Verify {
  demand(publicKey.length === RAW_KEY_BYTES, 'malformed_key');
  const der = Buffer.concat([SPKI_PREFIX, publicKey]);
  const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  return (message, signature) => verify(null, message, key, signature);
}

/** A private key: its public half and what it signs. The seed is not among its members. */
export interface Ed25519Signer {
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Uint8Array;
}

/** A signer from a raw seed of 32 bytes (RFC 8032); `malformed_key` on another length. */
export function ed25519Signer(seed: Uint8Array): Ed25519Signer {
  demand(seed.length === RAW_KEY_BYTES, 'malformed_key');
  const der = Buffer.concat([PKCS8_PREFIX, seed]);
  const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    publicKey: new Uint8Array(spki.subarray(SPKI_PREFIX.length)),
    sign: (message) => new Uint8Array(sign(null, message, key)),
  };
}

/** A new seed of 32 random bytes. */
export function newEd25519Seed(): Uint8Array {
  return new Uint8Array(randomBytes(RAW_KEY_BYTES));
}
