/** Keys of signed notes in text: `name+id+base64` to verify, `PRIVATE+KEY+name+id+base64` to sign (C2SP signed-note). */
import { cosign, verifyCosignature } from './cosignature.ts';
import {
  ED25519_SIGNATURE_BYTES,
  type Ed25519Verify,
  ed25519Signer,
  ed25519Verifier,
  sha256,
} from './crypto.ts';
import { base64, concatBytes, fromBase64, utf8, viewOf } from './encoding.ts';
import { demand, TlogError } from './errors.ts';
import { checkKeyName, type NoteSignature, type NoteVerifier, type SignatureFacts } from './note.ts';

/** The signature types that are known here. */
export const ED25519 = 0x01;
export const COSIGNATURE_V1 = 0x04;
export type KeyType = typeof ED25519 | typeof COSIGNATURE_V1;

const SIGNER_PREFIX = 'PRIVATE+KEY+';

/** The first four bytes of SHA-256(name || 0x0A || type || public key), as a number. */
export function keyIdOf(name: string, type: number, publicKey: Uint8Array): number {
  return viewOf(sha256(concatBytes([utf8(`${name}\n`), Uint8Array.of(type), publicKey]))).getUint32(0);
}

function verifyEd25519(text: string, signature: Uint8Array, verify: Ed25519Verify): SignatureFacts {
  demand(signature.length === ED25519_SIGNATURE_BYTES, 'malformed_signature');
  demand(verify(utf8(text), signature), 'bad_signature');
  return {};
}

/** A verifier from a raw public key of 32 bytes: for a log's notes (`ED25519`) or a witness's cosignatures. */
export function noteVerifier(name: string, type: KeyType, publicKey: Uint8Array): NoteVerifier {
  checkKeyName(name);
  const key = publicKey.slice();
  const verify = ed25519Verifier(key);
  const check = type === ED25519 ? verifyEd25519 : verifyCosignature;
  return {
    name,
    type,
    publicKey: key,
    keyId: keyIdOf(name, type, key),
    verify: (text, signature) => check(text, signature, verify),
  };
}

/** A private key with its name. It holds its seed where nothing prints it. */
export interface NoteSigner {
  readonly verifier: NoteVerifier;
  /** Signs a note's text. A cosignature needs the time in seconds since 1970; a plain signature takes none. */
  sign(text: string, timestamp?: number): NoteSignature;
}

/** A signer from a raw seed of 32 bytes. */
export function noteSigner(name: string, type: KeyType, seed: Uint8Array): NoteSigner {
  const key = ed25519Signer(seed);
  const verifier = noteVerifier(name, type, key.publicKey);
  return {
    verifier,
    sign(text, timestamp = 0) {
      const signature =
        type === ED25519 ? key.sign(utf8(text)) : cosign(text, timestamp, (message) => key.sign(message));
      return { name, keyId: verifier.keyId, signature };
    },
  };
}

function formatKey(name: string, keyId: number, type: number, raw: Uint8Array): string {
  const id = keyId.toString(16).padStart(8, '0');
  return `${name}+${id}+${base64(concatBytes([Uint8Array.of(type), raw]))}`;
}

export function formatVerifierKey({ name, keyId, type, publicKey }: NoteVerifier): string {
  return formatKey(name, keyId, type, publicKey);
}

/** The text of a private key: whoever reads it can sign. */
export function formatSignerKey(name: string, type: KeyType, seed: Uint8Array): string {
  const { verifier } = noteSigner(name, type, seed);
  return SIGNER_PREFIX + formatKey(name, verifier.keyId, type, seed);
}

/** A name has no plus, base64 may. */
function parseKey(text: string): { name: string; keyId: number; type: KeyType; raw: Uint8Array } {
  const [, name, id, encoded] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/su.exec(text) ?? [];
  demand(name !== undefined && id !== undefined && encoded !== undefined, 'malformed_key');
  checkKeyName(name);
  const bytes = fromBase64(encoded);
  const type = bytes[0];
  demand(type !== undefined, 'malformed_key');
  if (type !== ED25519 && type !== COSIGNATURE_V1) throw new TlogError('unsupported_key_type');
  return { name, keyId: Number.parseInt(id, 16), type, raw: bytes.slice(1) };
}

/** `malformed_key`, `malformed_base64`, `bad_key_name`, `unsupported_key_type`, `key_id_mismatch`. */
export function parseVerifierKey(text: string): NoteVerifier {
  const { name, keyId, type, raw } = parseKey(text);
  const verifier = noteVerifier(name, type, raw);
  demand(verifier.keyId === keyId, 'key_id_mismatch');
  return verifier;
}

/** Throws the same codes; no error holds any part of the key. */
export function parseSignerKey(text: string): NoteSigner {
  demand(text.startsWith(SIGNER_PREFIX), 'malformed_key');
  const { name, keyId, type, raw } = parseKey(text.slice(SIGNER_PREFIX.length));
  const signer = noteSigner(name, type, raw);
  demand(signer.verifier.keyId === keyId, 'key_id_mismatch');
  return signer;
}
