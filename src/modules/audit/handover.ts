/** Follows the log from one signing key to the next. */
import { endorsementText, handoverIn } from '../../contract/handover.ts';
import type { Checkpoint } from '../../tlog/checkpoint.ts';
import { fromBase64 } from '../../tlog/encoding.ts';
import { leafHash } from '../../tlog/hashes.ts';
import { ED25519, formatVerifierKey, parseVerifierKey } from '../../tlog/keys.ts';
import type { NoteVerifier } from '../../tlog/note.ts';
import { policyOfKeys } from '../../tlog/policy.ts';
import { parseProof, verifyProof } from '../../tlog/proof.ts';

const handoverOf = (leaf: Uint8Array) => handoverIn(Buffer.from(leaf).toString('utf8'));

/**
 * The key that a leaf hands over to, where it does: it MUST be proven to be in the log under the key that it names as the
 * one before. A key without such an entry is another log's, whatever it calls itself.
 * @throws TlogError `bad_signature` where the trusted key has not endorsed the next
 */
export function successorOf(leaf: Uint8Array, trusted: NoteVerifier): NoteVerifier | undefined {
  const handover = handoverOf(leaf);
  if (handover?.before !== formatVerifierKey(trusted) || handover.log !== trusted.name) return undefined;
  const { before, after, endorsement } = handover;
  const next = parseVerifierKey(after);
  if (next.type !== ED25519 || next.name !== trusted.name) return undefined;
  trusted.verify(endorsementText(before, after), fromBase64(endorsement));
  return next;
}

/** A handover that holds. */
export interface Followed {
  readonly key: NoteVerifier;
  /** Under the key before: the log MUST be shown to have been this tree. */
  readonly checkpoint: Checkpoint;
}

/**
 * Follows a proof bundle of a handover from one of the keys that are trusted. Undefined where it hands over from none of
 * them. Witnesses are asked for nothing: they cosign the checkpoints after it, which continue this one.
 * @throws TlogError where it says to hand over from one of them, and does not
 */
export function followHandover(bundle: Uint8Array, trusted: readonly NoteVerifier[]): Followed | undefined {
  const { extra = new Uint8Array() } = parseProof(bundle);
  const key = trusted.find((each) => formatVerifierKey(each) === handoverOf(extra)?.before);
  if (!key) return undefined;
  const { checkpoint } = verifyProof(bundle, leafHash(extra), policyOfKeys([key], [], 0));
  const next = successorOf(extra, key);
  return next && { key: next, checkpoint };
}
