/** Signed checkpoints (C2SP signed-note, tlog-checkpoint), checked by the browser's own Ed25519. */
import {
  Fault,
  fromBase64,
  hashFrom,
  joined,
  need,
  numberFrom,
  sha256,
  utf8,
  type Bytes,
} from './encodings.ts';
import type { Head } from './merkle.ts';

export interface Checkpoint extends Head {
  readonly origin: string;
}

export interface VerifierKey {
  readonly name: string;
  readonly keyId: number;
  readonly crypto: CryptoKey;
}

interface SignatureLine {
  readonly name: string;
  readonly keyId: number;
  readonly signature: Bytes;
}

const ED25519 = 1;
const MAX_NOTE_CHARACTERS = 1_000_000;
const MAX_SIGNATURES = 100;

const uint32 = (bytes: Bytes) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);

/** Whether this browser can check anything here: WebCrypto is there over HTTPS and at localhost alone. */
export function canCheck(): boolean {
  return globalThis.isSecureContext && 'subtle' in crypto;
}

export interface Opened {
  readonly checkpoint: Checkpoint;
  /** Those of the keys that have signed it, in their order. */
  readonly signers: readonly string[];
}

/** @throws Fault unless one of the keys with these texts has signed the note, and it is of the log that they name */
export async function openCheckpoint(note: string, verifierKeys: readonly string[]): Promise<Opened> {
  const { text, signatures } = parseNote(note);
  const checkpoint = parseCheckpoint(text);
  const signers: string[] = [];
  for (const verifierKey of verifierKeys) {
    const key = await readKey(verifierKey);
    need(checkpoint.origin === key.name, 'wrong_origin', 'The checkpoint is of another log.');
    const own = signatures.filter(({ name, keyId }) => name === key.name && keyId === key.keyId);
    for (const { signature } of own)
      need(
        await isSigned(key, text, signature),
        'bad_signature',
        'The signature of the checkpoint is not the log’s.',
      );
    if (own.length > 0) signers.push(verifierKey);
  }
  need(
    signers.length > 0,
    'unsigned_by_log',
    'It is not signed by the key that this browser knows, nor by one that the log was handed over to.',
  );
  return { checkpoint, signers };
}

/** @throws Fault for what is no verifier key of a log (C2SP signed-note) */
export async function readKey(text: string): Promise<VerifierKey> {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/su.exec(text) ?? [];
  if (name === undefined || id === undefined || encoded === undefined)
    throw new Fault('malformed_key', 'The log’s key is not of the form that keys have.');
  const bytes = fromBase64(encoded);
  need(
    bytes.length === 33 && bytes[0] === ED25519,
    'unsupported_key_type',
    'The log’s key is of another kind.',
  );
  const keyId = uint32(await sha256(utf8(`${name}\n`), bytes));
  need(keyId === Number.parseInt(id, 16), 'key_id_mismatch', 'The log’s key does not have its own id.');
  const imported = await crypto.subtle.importKey('raw', bytes.slice(1), 'Ed25519', false, ['verify']);
  return { name, keyId, crypto: imported };
}

export async function isSigned(key: VerifierKey, text: string, signature: Bytes): Promise<boolean> {
  return (
    signature.length === 64 && (await crypto.subtle.verify('Ed25519', key.crypto, signature, utf8(text)))
  );
}

function parseNote(note: string): { text: string; signatures: readonly SignatureLine[] } {
  const end = note.lastIndexOf('\n\n');
  const isNote = note.length <= MAX_NOTE_CHARACTERS && end >= 0 && note.endsWith('\n');
  need(isNote, 'note_malformed', 'The checkpoint is no signed note.');
  const lines = note.slice(end + 2, -1).split('\n');
  need(lines.length <= MAX_SIGNATURES, 'too_many_signatures', 'The checkpoint has too many signatures.');
  return { text: note.slice(0, end + 1), signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): SignatureLine {
  const [dash, name = '', encoded = '', ...rest] = line.split(' ');
  const isLine = dash === '—' && name !== '' && rest.length === 0;
  need(isLine, 'malformed_signature_line', 'The checkpoint has a line that is no signature.');
  const bytes = fromBase64(encoded);
  need(bytes.length > 4, 'malformed_signature_line', 'The checkpoint has a line that is no signature.');
  return { name, keyId: uint32(bytes), signature: bytes.slice(4) };
}

function parseCheckpoint(text: string): Checkpoint {
  const [origin = '', size = '', root = ''] = text.split('\n');
  need(origin !== '', 'malformed_checkpoint', 'The checkpoint names no log.');
  return { origin, size: numberFrom(size), root: hashFrom(root) };
}

export interface ProofBundle {
  readonly index: number;
  readonly path: readonly Bytes[];
  readonly note: string;
  /** The entry itself, as the log has it. */
  readonly leaf: Bytes;
}

const HEADER = 'c2sp.org/tlog-proof@v1';

/** @throws Fault for what is no proof bundle (C2SP tlog-proof) with its leaf */
export function parseBundle(text: string): ProofBundle {
  const end = text.indexOf('\n\n');
  const [header, extra = '', index = '', ...path] = text.slice(0, Math.max(0, end)).split('\n');
  const isBundle = header === HEADER && extra.startsWith('extra ') && index.startsWith('index ');
  need(isBundle && path.length <= 63, 'malformed_proof', 'That is no proof bundle with its entry.');
  return {
    index: numberFrom(index.slice('index '.length)),
    path: path.map(hashFrom),
    note: text.slice(end + 2),
    leaf: joined(fromBase64(extra.slice('extra '.length))),
  };
}
