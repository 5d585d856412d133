/** The texts of the witness protocol (C2SP tlog-witness): the request to cosign a checkpoint, and its answers. */
import { base64, bytesEqual, concatBytes, fromDecimal, hashFromBase64, textOf, utf8 } from './encoding.ts';
import { demand, TlogError } from './errors.ts';
import {
  formatSignatureLine,
  type NoteVerifier,
  parseSignatureLines,
  readNoteText,
  type VerifiedSignature,
  verifySignatures,
} from './note.ts';

/** A client MUST NOT send more. */
const MAX_PROOF_LINES = 63;

/** The content type of the body that tells the latest size that the witness knows. */
export const SIZE_CONTENT_TYPE = 'text/x.tlog.size';

export interface AddCheckpointRequest {
  /** The size that the proof starts from: that of the latest checkpoint the witness has cosigned, else 0. */
  readonly oldSize: number;
  readonly proof: readonly Uint8Array[];
  /** The signed checkpoint, byte for byte. */
  readonly checkpoint: Uint8Array;
}

/** The request's body; throws what `parseAddCheckpoint` would throw on it. */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpointRequest): Uint8Array {
  const lines = [`old ${oldSize}`, ...proof.map(base64), '\n'];
  const bytes = concatBytes([utf8(lines.join('\n')), checkpoint]);
  demand(bytesEqual(parseAddCheckpoint(bytes).checkpoint, checkpoint), 'malformed_request');
  return bytes;
}

/** `malformed_request`, `proof_too_long`, and the codes of numbers, base64, hashes and of a note's bytes. */
export function parseAddCheckpoint(bytes: Uint8Array): AddCheckpointRequest {
  const text = readNoteText(bytes);
  const end = text.indexOf('\n\n');
  demand(end >= 0, 'malformed_request');
  const [old, ...lines] = text.slice(0, end).split('\n');
  demand(old?.startsWith('old ') === true, 'malformed_request');
  demand(lines.length <= MAX_PROOF_LINES, 'proof_too_long');
  return {
    oldSize: fromDecimal(old.slice('old '.length)),
    proof: lines.map(hashFromBase64),
    checkpoint: utf8(text.slice(end + 2)),
  };
}

/** The size in the body of a conflict; `malformed_response`. */
export function parseConflict(body: Uint8Array): number {
  const text = textOf(body);
  demand(text?.endsWith('\n') === true, 'malformed_response');
  try {
    return fromDecimal(text.slice(0, -1));
  } catch (cause) {
    if (cause instanceof TlogError) throw new TlogError('malformed_response');
    throw cause;
  }
}

/**
 * The cosignatures of the checkpoint with that text in a witness's answer, all verified; those by unknown keys are
 * left out. `unknown_key` if none is left, `bad_signature` or `zero_timestamp` if one by a known key is not good, and
 * what a note's signature lines throw.
 */
export function openCosignatures(
  checkpointText: string,
  body: Uint8Array,
  witnessKeys: readonly NoteVerifier[],
): readonly VerifiedSignature[] {
  const signatures = parseSignatureLines(readNoteText(body));
  const verified = verifySignatures({ text: checkpointText, signatures }, witnessKeys);
  demand(verified.length > 0, 'unknown_key');
  return verified;
}

/** The checkpoint with more signature lines below its own. */
export function withSignatures(checkpoint: Uint8Array, added: readonly VerifiedSignature[]): Uint8Array {
  return concatBytes([checkpoint, utf8(added.map(({ line }) => formatSignatureLine(line)).join(''))]);
}
