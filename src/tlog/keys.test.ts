import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ed25519Signer, newEd25519Seed } from './crypto.ts';
import {
  COSIGNATURE_V1,
  ED25519,
  formatSignerKey,
  formatVerifierKey,
  keyIdOf,
  noteSigner,
  noteVerifier,
  parseSignerKey,
  parseVerifierKey,
} from './keys.ts';
import { codeOf } from './testdata/failures.ts';

const VERIFIER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const SIGNER = 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz';

test("the reference's signer key has the reference's verifier key, and both are written as they were read", () => {
  expect(formatVerifierKey(parseVerifierKey(VERIFIER))).toBe(VERIFIER);
  expect(formatVerifierKey(parseSignerKey(SIGNER).verifier)).toBe(VERIFIER);
  const seed = new Uint8Array(Buffer.from('gQoUAtUUbI2E8kQzMPVAgOv5juF9nHT2JS/F1ccoMXM=', 'base64'));
  expect(formatSignerKey('PeterNeumann', ED25519, seed)).toBe(SIGNER);
});

test.each([
  [VERIFIER, parseVerifierKey],
  [SIGNER, parseSignerKey],
])('no part of %s and no change of one character is a key', (text, parse) => {
  for (let start = 0; start <= text.length; start++) {
    for (let end = start; end <= text.length; end++) {
      if (end - start < text.length) expect(codeOf(() => parse(text.slice(start, end)))).not.toBe('accepted');
    }
  }
  for (let i = 0; i < text.length; i++) {
    for (const character of [' ', '+', 'A', String.fromCharCode(text.charCodeAt(i) ^ 1)]) {
      const changed = text.slice(0, i) + character + text.slice(i + 1);
      if (changed !== text) expect(codeOf(() => parse(changed))).not.toBe('accepted');
    }
  }
});

test.each([
  ['malformed_base64', 'PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY=='],
  ['unsupported_key_type', 'PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
  ['key_id_mismatch', 'PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
  ['malformed_key', 'PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
  ['malformed_key', 'PeterNeumann+c74f20a3'],
  ['malformed_key', 'PeterNeumann+c74f20a3+'],
  ['bad_key_name', '+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
  ['bad_key_name', 'Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'],
  ['malformed_base64', `${VERIFIER}\n`],
  ['malformed_base64', VERIFIER.replace('/', '_')],
])('%s: %s', (code, text) => {
  expect(codeOf(() => parseVerifierKey(text))).toBe(code);
});

test('a verifier key does not sign, and a signer key does not verify', () => {
  expect(codeOf(() => parseSignerKey(VERIFIER))).toBe('malformed_key');
  expect(codeOf(() => parseVerifierKey(SIGNER))).toBe('malformed_key');
});

test('one key has different ids as a log and as a witness, under different names, and both are read back', () => {
  const { publicKey } = ed25519Signer(newEd25519Seed());
  const ids = [
    keyIdOf('a.example', ED25519, publicKey),
    keyIdOf('a.example', COSIGNATURE_V1, publicKey),
    keyIdOf('b.example', ED25519, publicKey),
  ];
  expect(new Set(ids).size).toBe(3);
  for (const type of [ED25519, COSIGNATURE_V1] as const) {
    const verifier = noteVerifier('a.example', type, publicKey);
    expect(parseVerifierKey(formatVerifierKey(verifier))).toMatchObject({
      type,
      keyId: verifier.keyId,
      publicKey,
    });
  }
});

test('keys are what they are parsed from, and no error shows any of them', () => {
  const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(seeds, fc.constantFrom(ED25519, COSIGNATURE_V1), (seed, type) => {
      const text = formatSignerKey('log.example', type, seed);
      const signer = parseSignerKey(text);
      const { publicKey } = noteSigner('log.example', type, seed).verifier;
      expect(signer.verifier.publicKey).toEqual(publicKey);
      expect(JSON.stringify(signer)).not.toContain(text.slice(-20));
    }),
    { numRuns: 30 },
  );
});

test('a raw key of another length is refused', () => {
  expect(codeOf(() => noteVerifier('a', ED25519, new Uint8Array(31)))).toBe('malformed_key');
  expect(codeOf(() => noteSigner('a', ED25519, new Uint8Array(33)))).toBe('malformed_key');
});
