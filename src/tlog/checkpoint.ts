/** Checkpoints (C2SP tlog-checkpoint): the note in which a log states its origin, size and root. */
import { base64, bytesEqual, fromDecimal, hashFromBase64 } from './encoding.ts';
import { demand } from './errors.ts';
import { EMPTY_ROOT, HASH_BYTES } from './hashes.ts';
import {
  formatNote,
  type NoteSignature,
  type NoteVerifier,
  parseNote,
  type VerifiedSignature,
  verifySignatures,
} from './note.ts';
import { checkSize } from './tree.ts';
import type { TreeHead } from './verify.ts';

export interface Checkpoint extends TreeHead {
  /** The log's identity: not empty, one line. */
  readonly origin: string;
  /** Opaque lines below the root: none of them empty, and best left out. */
  readonly extensions: readonly string[];
}

/** The text that the log signs, ending in a newline. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  checkSize(size);
  demand(root.length === HASH_BYTES, 'hash_wrong_length');
  const lines = [origin, ...extensions];
  demand(
    lines.every((line) => line !== '' && !line.includes('\n')),
    'malformed_checkpoint',
  );
  return [origin, String(size), base64(root), ...extensions, ''].join('\n');
}

/**
 * What the text of a note states; none of it is verified. `malformed_checkpoint`, and `malformed_number`,
 * `number_too_large`, `malformed_base64` or `hash_wrong_length` where it is that line.
 */
export function parseCheckpoint(text: string): Checkpoint {
  demand(text.endsWith('\n'), 'malformed_checkpoint');
  const [origin, size, root, ...extensions] = text.slice(0, -1).split('\n');
  demand(origin !== undefined && size !== undefined && root !== undefined, 'malformed_checkpoint');
  demand(origin !== '' && !extensions.includes(''), 'malformed_checkpoint');
  return { origin, size: fromDecimal(size), root: hashFromBase64(root), extensions };
}

/** A checkpoint that its log has signed, and the word of the witnesses that are known. */
export interface OpenedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** The text that log and witnesses signed. */
  readonly text: string;
  readonly logSignatures: readonly VerifiedSignature[];
  readonly cosignatures: readonly VerifiedSignature[];
}

/** Whom to believe about one log. */
export interface CheckpointTrust {
  readonly origin: string;
  readonly logKeys: readonly NoteVerifier[];
  readonly witnessKeys?: readonly NoteVerifier[];
}

/**
 * A checkpoint, if it is of the log expected and signed by a key of it: `wrong_origin`, `unsigned_by_log`,
 * `bad_signature` for any signature by a known key that does not verify, `empty_root_mismatch`, and what
 * `parseNote` and `parseCheckpoint` throw.
 */
export function openCheckpoint(bytes: Uint8Array, trust: CheckpointTrust): OpenedCheckpoint {
  const note = parseNote(bytes);
  const checkpoint = parseCheckpoint(note.text);
  demand(checkpoint.origin === trust.origin, 'wrong_origin');
  const verified = verifySignatures(note, [...trust.logKeys, ...(trust.witnessKeys ?? [])]);
  const isOfLog = ({ verifier }: VerifiedSignature) => trust.logKeys.includes(verifier);
  const logSignatures = verified.filter(isOfLog);
  demand(logSignatures.length > 0, 'unsigned_by_log');
  checkEmptyTree(checkpoint);
  const cosignatures = verified.filter((signature) => !isOfLog(signature));
  return { checkpoint, text: note.text, logSignatures, cosignatures };
}

/** There is one tree without leaves: `empty_root_mismatch` if a checkpoint of size 0 has another root. */
export function checkEmptyTree({ size, root }: TreeHead): void {
  demand(size !== 0 || bytesEqual(root, EMPTY_ROOT), 'empty_root_mismatch');
}

/**
 * The checkpoint with the signatures of both notes; of those by the same key, the added one's. `split_view` where the
 * notes state different things: two that agree are never merged with one that does not.
 */
export function mergeCheckpoints(held: Uint8Array, added: Uint8Array): Uint8Array {
  const [one, other] = [parseNote(held), parseNote(added)];
  demand(one.text === other.text, 'split_view');
  const keyOf = ({ name, keyId }: NoteSignature) => `${name} ${keyId}`;
  const byKey = new Map([...one.signatures, ...other.signatures].map((line) => [keyOf(line), line]));
  return formatNote({ text: one.text, signatures: [...byKey.values()] });
}
