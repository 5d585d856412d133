/** Texts under a key of their own, which the keys of subjects wrap: one that is destroyed takes the text with it. */
import { createHash, randomBytes } from 'node:crypto';
import { decrypt, encrypt, KEY_BYTES } from '../../base/envelope.ts';
import type { SubjectKey } from './keyring.ts';
import type { SealedText } from './store.ts';

const RECORD_KEY_CONTEXT = 'bartizan record key';
const TEXT_CONTEXT = 'bartizan record text';

/** `name` is bound: what was sealed for one record does not open for another. */
export function sealText(name: string, text: string, subjects: readonly SubjectKey[]): SealedText {
  const key = randomBytes(KEY_BYTES);
  return {
    wrappedKey: encrypt(together(subjects), key, `${RECORD_KEY_CONTEXT} ${name}`),
    sealed: encrypt(key, Buffer.from(text, 'utf8'), `${TEXT_CONTEXT} ${name}`),
  };
}

/** Undefined where it does not open: changed, cut, moved, or under other keys. */
export function openText(
  name: string,
  { wrappedKey, sealed }: SealedText,
  subjects: readonly SubjectKey[],
): string | undefined {
  const key = decrypt(together(subjects), Buffer.from(wrappedKey), `${RECORD_KEY_CONTEXT} ${name}`);
  return key && decrypt(key, Buffer.from(sealed), `${TEXT_CONTEXT} ${name}`)?.toString('utf8');
}

/** The same key, wrapped for others. The text stays as it is. Undefined where it does not open. */
export function rewrapText(
  name: string,
  wrappedKey: Uint8Array,
  from: readonly SubjectKey[],
  to: readonly SubjectKey[],
): Buffer | undefined {
  const key = decrypt(together(from), Buffer.from(wrappedKey), `${RECORD_KEY_CONTEXT} ${name}`);
  return key && encrypt(together(to), key, `${RECORD_KEY_CONTEXT} ${name}`);
}

/** One key of several, whatever their order; all of them are needed for it. */
function together(subjects: readonly SubjectKey[]): Buffer {
  const [first, ...others] = subjects.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (!first) throw new Error('a text is sealed for somebody');
  if (others.length === 0) return first.wrapping;
  const hash = createHash('sha256').update('bartizan keys together');
  for (const { wrapping } of [first, ...others]) hash.update(wrapping);
  return hash.digest();
}
