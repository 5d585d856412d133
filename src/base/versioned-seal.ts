/** Seals the versions of something, so that an older one, or another's, in its place is noticed. */
import { decrypt, encrypt } from './envelope.ts';

export interface VersionedSeal<Content> {
  /** `context` names what it is of; the same for every version. */
  seal(context: string, version: number, content: Content): Uint8Array;
  /** @throws Error for what does not open, or is of another version than it should be */
  open(context: string, version: number, sealed: Uint8Array): Content;
}

/** `key`: 32 bytes for this purpose alone. */
export function createVersionedSeal<Content extends object>(key: Buffer): VersionedSeal<Content> {
  return {
    seal: (context, version, content) =>
      encrypt(key, Buffer.from(JSON.stringify({ content, version })), context),
    open(context, version, sealed) {
      const text = decrypt(key, Buffer.from(sealed), context);
      if (text === undefined) throw new Error(`${context} does not open: it was changed or moved`);
      // Sealed by this key, which nobody else has.
      const opened = JSON.parse(text.toString()) as { readonly content: Content; readonly version: number };
      if (opened.version !== version) throw new Error(`${context} is not the version it should be`);
      return opened.content;
    },
  };
}
