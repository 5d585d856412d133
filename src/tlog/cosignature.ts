/** Cosignatures (C2SP tlog-cosignature, Ed25519): a witness's word, with its time, that a checkpoint is consistent. */
import { ED25519_SIGNATURE_BYTES, type Ed25519Verify } from './crypto.ts';
import { concatBytes, utf8, viewOf } from './encoding.ts';
import { demand } from './errors.ts';
import type { SignatureFacts } from './note.ts';

const TIMESTAMP_BYTES = 8;

/** What a witness signs: its own two lines, then the checkpoint's text to the last newline. */
function cosignedMessage(text: string, timestamp: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${timestamp}\n${text}`);
}

/**
 * A cosignature's bytes: the time as a big-endian uint64, then an Ed25519 signature.
 * `zero_timestamp` for 0: a witness MUST NOT leave the time of a checkpoint's cosignature out (tlog-witness).
 */
export function cosign(
  text: string,
  timestamp: number,
  sign: (message: Uint8Array) => Uint8Array,
): Uint8Array {
  demand(Number.isSafeInteger(timestamp) && timestamp >= 0, 'timestamp_out_of_range');
  demand(timestamp !== 0, 'zero_timestamp');
  const time = new Uint8Array(TIMESTAMP_BYTES);
  viewOf(time).setBigUint64(0, BigInt(timestamp));
  return concatBytes([time, sign(cosignedMessage(text, timestamp))]);
}

/** The time of a cosignature of that text; throws as a `NoteVerifier` does, and `timestamp_out_of_range`. */
export function verifyCosignature(
  text: string,
  signature: Uint8Array,
  verify: Ed25519Verify,
): SignatureFacts {
  demand(signature.length === TIMESTAMP_BYTES + ED25519_SIGNATURE_BYTES, 'malformed_signature');
  const time = viewOf(signature).getBigUint64(0);
  demand(time <= BigInt(Number.MAX_SAFE_INTEGER), 'timestamp_out_of_range');
  const timestamp = Number(time);
  demand(verify(cosignedMessage(text, timestamp), signature.subarray(TIMESTAMP_BYTES)), 'bad_signature');
  demand(timestamp !== 0, 'zero_timestamp');
  return { timestamp };
}
