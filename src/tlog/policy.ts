/** Trust policies (C2SP tlog-policy): which logs to believe, and how many of which witnesses it takes. */
import { type OpenedCheckpoint, openCheckpoint, parseCheckpoint } from './checkpoint.ts';
import { demand } from './errors.ts';
import { type NoteVerifier, parseNote } from './note.ts';

/** The name of the quorum that asks for no witness. */
export const NO_QUORUM = 'none';

/** Names are opaque: a parsed policy has one character for each byte of a name. */
export interface PolicyWitness {
  readonly name: string;
  readonly verifier: NoteVerifier;
  readonly url?: string;
}

export interface PolicyLog {
  readonly verifier: NoteVerifier;
  readonly url?: string;
}

/** Has witnessed a checkpoint if at least `threshold` of its members, witnesses or groups, have. */
export interface PolicyGroup {
  readonly name: string;
  readonly threshold: number;
  readonly members: readonly string[];
}

export interface Policy {
  readonly logs: readonly PolicyLog[];
  readonly witnesses: readonly PolicyWitness[];
  /** Each names only witnesses and groups before it. */
  readonly groups: readonly PolicyGroup[];
  /** A witness, a group, or `NO_QUORUM`. */
  readonly quorum: string;
}

/** Whether the witnesses that have cosigned, by their names in the policy, are a quorum of it. */
export function isQuorum(policy: Policy, cosigners: ReadonlySet<string>): boolean {
  if (policy.quorum === NO_QUORUM) return true;
  const known = new Set(policy.witnesses.map(({ name }) => name));
  const witnessed = new Set([...cosigners].filter((name) => known.has(name)));
  for (const { name, threshold, members } of policy.groups) {
    // A policy that was put together in code is not to be met by nobody.
    const needed = Math.max(1, threshold);
    if (members.filter((member) => witnessed.has(member)).length >= needed) witnessed.add(name);
  }
  return witnessed.has(policy.quorum);
}

/** The policy that believes these keys and asks for cosignatures of so many of the witnesses; 0 asks for none. */
export function policyOfKeys(
  logKeys: readonly NoteVerifier[],
  witnessKeys: readonly NoteVerifier[],
  threshold: number,
): Policy {
  const isPossible = Number.isSafeInteger(threshold) && threshold >= 0 && threshold <= witnessKeys.length;
  demand(isPossible, 'policy_bad_threshold');
  const witnesses = witnessKeys.map((verifier, i) => ({ name: `w${i + 1}`, verifier }));
  const members = witnesses.map(({ name }) => name);
  return {
    logs: logKeys.map((verifier) => ({ verifier })),
    witnesses,
    groups: threshold === 0 ? [] : [{ name: 'witnesses', threshold, members }],
    quorum: threshold === 0 ? NO_QUORUM : 'witnesses',
  };
}

/** A checkpoint that a policy accepts, with the names in the policy of the witnesses that cosigned it. */
export interface TrustedCheckpoint extends OpenedCheckpoint {
  readonly witnesses: readonly string[];
}

/**
 * A checkpoint, if the policy accepts it: `unknown_log` unless its origin is the key name of a log of the policy,
 * `quorum_not_met` if too few of its witnesses have cosigned, and what `openCheckpoint` throws. A signature by a key
 * of the policy that does not verify refuses the checkpoint, even where the quorum is met without it.
 */
export function openTrustedCheckpoint(bytes: Uint8Array, policy: Policy): TrustedCheckpoint {
  const { origin } = parseCheckpoint(parseNote(bytes).text);
  const logKeys = policy.logs.map(({ verifier }) => verifier).filter(({ name }) => name === origin);
  demand(logKeys.length > 0, 'unknown_log');
  const witnessKeys = policy.witnesses.map(({ verifier }) => verifier);
  const opened = openCheckpoint(bytes, { origin, logKeys, witnessKeys });
  const cosigners = new Set(opened.cosignatures.map(({ verifier }) => verifier));
  const witnesses = policy.witnesses
    .filter(({ verifier }) => cosigners.has(verifier))
    .map(({ name }) => name);
  demand(isQuorum(policy, new Set(witnesses)), 'quorum_not_met');
  return { ...opened, witnesses };
}
