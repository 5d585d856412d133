/** Signed notes (C2SP signed-note): a text and the signatures under it, strictly read and written. */
import { base64, concatBytes, fromBase64, textOf, utf8, viewOf } from './encoding.ts';
import { demand } from './errors.ts';

/** Room for the text and for sixteen signatures and more of the post-quantum kind. */
export const MAX_NOTE_BYTES = 1_000_000;
export const MAX_NOTE_SIGNATURES = 100;

const KEY_ID_BYTES = 4;

/** A signature line: who says to have signed, and the bytes behind the key id. */
export interface NoteSignature {
  readonly name: string;
  readonly keyId: number;
  readonly signature: Uint8Array;
}

/** A note as it was read: nothing in it is verified yet. */
export interface Note {
  /** Ends in a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** What a verified signature says beside the text. */
export interface SignatureFacts {
  /** When the signer signed, in seconds since 1970, where the signature type tells. */
  readonly timestamp?: number;
}

/** A public key with its name. Name and id together say which signatures are its own. */
export interface NoteVerifier {
  readonly name: string;
  readonly keyId: number;
  /** The signature type's byte: 0x01 for Ed25519, 0x04 for cosignature/v1. */
  readonly type: number;
  readonly publicKey: Uint8Array;
  /** MUST throw `bad_signature`, `malformed_signature` or `zero_timestamp` unless the signature is its own. */
  verify(text: string, signature: Uint8Array): SignatureFacts;
}

export interface VerifiedSignature extends SignatureFacts {
  readonly verifier: NoteVerifier;
  readonly line: NoteSignature;
}

/** A note that at least one known key has signed. */
export interface OpenedNote {
  readonly text: string;
  /** One for each known key that signed, in the note's order. */
  readonly verified: readonly VerifiedSignature[];
}

/** `bad_key_name` unless the name is not empty and has no Unicode space, plus or control character. */
export function checkKeyName(name: string): void {
  demand(
    name !== '' && name.isWellFormed() && !/[\p{White_Space}+]|[^\u0020-\u{10ffff}]/u.test(name),
    'bad_key_name',
  );
}

/** A signature line, with its newline. */
export function formatSignatureLine({ name, keyId, signature }: NoteSignature): string {
  checkKeyName(name);
  const id = new Uint8Array(KEY_ID_BYTES);
  viewOf(id).setUint32(0, keyId);
  return `— ${name} ${base64(concatBytes([id, signature]))}\n`;
}

/** A signature line, without its newline; `malformed_signature_line`, `malformed_base64`, `bad_key_name`. */
export function parseSignatureLine(line: string): NoteSignature {
  const [dash, name, encoded, ...rest] = line.split(' ');
  demand(
    dash === '—' && name !== undefined && encoded !== undefined && rest.length === 0,
    'malformed_signature_line',
  );
  checkKeyName(name);
  const bytes = fromBase64(encoded);
  demand(bytes.length > KEY_ID_BYTES, 'malformed_signature_line');
  return { name, keyId: viewOf(bytes).getUint32(0), signature: bytes.slice(KEY_ID_BYTES) };
}

/** Signature lines, each with its newline, at least one. */
export function parseSignatureLines(block: string): readonly NoteSignature[] {
  demand(block.endsWith('\n'), 'note_malformed');
  const lines = block.slice(0, -1).split('\n');
  demand(lines.length <= MAX_NOTE_SIGNATURES, 'too_many_signatures');
  return lines.map(parseSignatureLine);
}

/** The bytes' text, if it can stand in a note; `note_too_large`, `note_not_utf8`, `note_control_character`. */
export function readNoteText(bytes: Uint8Array): string {
  demand(bytes.length <= MAX_NOTE_BYTES, 'note_too_large');
  const text = textOf(bytes);
  demand(text !== undefined, 'note_not_utf8');
  // Signed notes MUST NOT contain ASCII control characters below U+0020 other than newline.
  demand(!/[^\n\u0020-\u{10ffff}]/u.test(text), 'note_control_character');
  return text;
}

/** A note's text and signature lines, none verified. The last empty line of the note parts them. */
export function parseNote(bytes: Uint8Array): Note {
  const whole = readNoteText(bytes);
  const end = whole.lastIndexOf('\n\n');
  demand(end >= 0, 'note_malformed');
  return { text: whole.slice(0, end + 1), signatures: parseSignatureLines(whole.slice(end + 2)) };
}

/** The bytes of a note; throws what `parseNote` would throw on them. */
export function formatNote(note: Note): Uint8Array {
  demand(note.text.endsWith('\n') && note.signatures.length > 0, 'note_malformed');
  demand(note.text.isWellFormed(), 'note_not_utf8');
  demand(note.signatures.length <= MAX_NOTE_SIGNATURES, 'too_many_signatures');
  const bytes = utf8(`${note.text}\n${note.signatures.map(formatSignatureLine).join('')}`);
  readNoteText(bytes);
  return bytes;
}

/**
 * A note's text, if it is signed by a known key. Signatures by other keys are ignored, even where they share the name
 * or the id of a known one. `bad_signature` if any signature by a known key does not verify, `unknown_key` if there is
 * none by a known key, `ambiguous_key` if two known keys cannot be told apart.
 */
export function openNote(bytes: Uint8Array, known: readonly NoteVerifier[]): OpenedNote {
  const note = parseNote(bytes);
  const verified = verifySignatures(note, known);
  demand(verified.length > 0, 'unknown_key');
  return { text: note.text, verified };
}

/** The signatures by known keys, all verified: none where no known key has signed. */
export function verifySignatures(note: Note, known: readonly NoteVerifier[]): readonly VerifiedSignature[] {
  const byIdentity = new Map<string, NoteVerifier>();
  for (const verifier of known) {
    const identity = identityOf(verifier);
    demand(!byIdentity.has(identity), 'ambiguous_key');
    byIdentity.set(identity, verifier);
  }
  const verified = new Map<NoteVerifier, VerifiedSignature>();
  for (const line of note.signatures) {
    const verifier = byIdentity.get(identityOf(line));
    if (verifier === undefined) continue;
    const facts = verifier.verify(note.text, line.signature);
    if (!verified.has(verifier)) verified.set(verifier, { ...facts, verifier, line });
  }
  return [...verified.values()];
}

function identityOf({ name, keyId }: { readonly name: string; readonly keyId: number }): string {
  return `${name} ${keyId}`;
}
