/** How one signing key of the log hands over to the next, for who makes a handover and for who follows it. */
import type { AdministrationEntry } from '../../domain/record.ts';
import type { Checkpoint } from '../../tlog/checkpoint.ts';
import { fromBase64 } from '../../tlog/encoding.ts';
import { leafHash } from '../../tlog/hashes.ts';
import { ED25519, formatVerifierKey, parseVerifierKey } from '../../tlog/keys.ts';
import type { NoteVerifier } from '../../tlog/note.ts';
import { policyOfKeys } from '../../tlog/policy.ts';
import { parseProof, verifyProof } from '../../tlog/proof.ts';

export const KEY_ROTATED = 'log.key_rotate';

/**
 * What the key before signs for the one after it, beside the tree: whoever can write entries, and has no key, can have an
 * entry signed that looks like a handover, but not this. No checkpoint reads like it, since its second line is no size.
 */
export function endorsementText(before: string, after: string): string {
  return `bartizan log handover\n${before}\n${after}\n`;
}

/**
 * The key that a leaf hands over to, where it does: it MUST be proven to be in the log under the key that it names as the
 * one before. A key without such an entry is another log's, whatever it calls itself.
 * @throws TlogError `bad_signature` where the trusted key has not endorsed the next
 */
export function successorOf(leaf: Uint8Array, trusted: NoteVerifier): NoteVerifier | undefined {
  const entry = entryOf(leaf);
  const before = formatVerifierKey(trusted);
  const { action, subject, after, endorsement } = entry;
  if (action !== KEY_ROTATED || entry.before !== before || subject !== trusted.name) return undefined;
  if (typeof after !== 'string' || typeof endorsement !== 'string') return undefined;
  const next = parseVerifierKey(after);
  if (next.type !== ED25519 || next.name !== trusted.name) return undefined;
  trusted.verify(endorsementText(before, after), fromBase64(endorsement));
  return next;
}

/** Of what is no leaf: an entry of nothing. */
function entryOf(leaf: Uint8Array): Partial<AdministrationEntry> {
  try {
    const value = JSON.parse(Buffer.from(leaf).toString('utf8')) as {
      entry?: Partial<AdministrationEntry>;
    } | null;
    return value?.entry ?? {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
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
  const key = trusted.find((each) => formatVerifierKey(each) === entryOf(extra).before);
  if (!key) return undefined;
  const { checkpoint } = verifyProof(bundle, leafHash(extra), policyOfKeys([key], [], 0));
  const next = successorOf(extra, key);
  return next && { key: next, checkpoint };
}
