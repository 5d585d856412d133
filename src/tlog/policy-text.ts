/** The text of a trust policy (C2SP tlog-policy): lines of words, each line one log, witness, group or the quorum. */
import { bytesEqual, textOf } from './encoding.ts';
import { demand, TlogError } from './errors.ts';
import { COSIGNATURE_V1, ED25519, formatVerifierKey, parseVerifierKey } from './keys.ts';
import type { NoteVerifier } from './note.ts';
import { NO_QUORUM, type Policy, type PolicyGroup, type PolicyLog, type PolicyWitness } from './policy.ts';

const MAX_POLICY_BYTES = 1_000_000;
/** Logs, witnesses and groups, of each as many. The specification asks for 32. */
const MAX_POLICY_ITEMS = 256;

/** What the lines above have said. */
interface Draft {
  readonly logs: PolicyLog[];
  readonly witnesses: PolicyWitness[];
  readonly groups: PolicyGroup[];
  readonly quorums: string[];
  readonly names: Set<string>;
  /** Names that are a member of a group already: a witness counts in one way only. */
  readonly members: Set<string>;
}

/** A policy is bytes, not text: one character for each byte keeps names opaque. */
function charactersOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** A policy from its file; `policy_…`, and what `parseVerifierKey` throws. */
export function parsePolicy(bytes: Uint8Array): Policy {
  demand(bytes.length <= MAX_POLICY_BYTES, 'policy_too_large');
  const text = charactersOf(bytes);
  demand(
    /^[\t\n\x20-\x7e\x80-\xff]*$/.test(text) && (text === '' || text.endsWith('\n')),
    'policy_malformed',
  );
  const draft: Draft = {
    logs: [],
    witnesses: [],
    groups: [],
    quorums: [],
    names: new Set([NO_QUORUM]),
    members: new Set(),
  };
  for (const line of text.split('\n')) {
    const words = line.split(/[ \t]+/).filter((word) => word !== '');
    if (words.length > 0 && !words[0]?.startsWith('#')) addLine(draft, words);
  }
  const [quorum, ...others] = draft.quorums;
  demand(quorum !== undefined && others.length === 0, 'policy_quorum_count');
  return { logs: draft.logs, witnesses: draft.witnesses, groups: draft.groups, quorum };
}

function addLine(draft: Draft, [keyword, ...words]: readonly string[]): void {
  if (keyword === 'log') addLog(draft, words);
  else if (keyword === 'witness') addWitness(draft, words);
  else if (keyword === 'group') addGroup(draft, words);
  else if (keyword === 'quorum') addQuorum(draft, words);
  else throw new TlogError('policy_malformed');
}

/** A key in a policy is UTF-8, as in a note. */
function keyOf(word: string, type: number): NoteVerifier {
  const text = textOf(new Uint8Array(Buffer.from(word, 'latin1')));
  demand(text !== undefined, 'malformed_key');
  const verifier = parseVerifierKey(text);
  demand(verifier.type === type, 'unsupported_key_type');
  return verifier;
}

function checkNewKey(verifier: NoteVerifier, listed: readonly { readonly verifier: NoteVerifier }[]): void {
  demand(listed.length < MAX_POLICY_ITEMS, 'policy_too_large');
  const isListed = listed.some((other) => bytesEqual(other.verifier.publicKey, verifier.publicKey));
  demand(!isListed, 'policy_duplicate_key');
}

function define(draft: Draft, name: string): void {
  demand(!draft.names.has(name), 'policy_duplicate_name');
  draft.names.add(name);
}

function addLog(draft: Draft, [key, url, ...rest]: readonly string[]): void {
  demand(key !== undefined && rest.length === 0, 'policy_malformed');
  const verifier = keyOf(key, ED25519);
  checkNewKey(verifier, draft.logs);
  draft.logs.push({ verifier, ...(url !== undefined && { url }) });
}

function addWitness(draft: Draft, [name, key, url, ...rest]: readonly string[]): void {
  demand(name !== undefined && key !== undefined && rest.length === 0, 'policy_malformed');
  const verifier = keyOf(key, COSIGNATURE_V1);
  checkNewKey(verifier, draft.witnesses);
  define(draft, name);
  draft.witnesses.push({ name, verifier, ...(url !== undefined && { url }) });
}

function addGroup(draft: Draft, [name, count, ...members]: readonly string[]): void {
  demand(name !== undefined && count !== undefined && members.length > 0, 'policy_malformed');
  demand(draft.groups.length < MAX_POLICY_ITEMS, 'policy_too_large');
  for (const member of members) {
    demand(member !== NO_QUORUM && draft.names.has(member), 'policy_undefined_name');
    demand(!draft.members.has(member), 'policy_member_reused');
    draft.members.add(member);
  }
  define(draft, name);
  draft.groups.push({ name, threshold: thresholdOf(count, members.length), members });
}

function thresholdOf(count: string, members: number): number {
  if (count === 'any') return 1;
  if (count === 'all') return members;
  demand(/^(0|[1-9][0-9]*)$/.test(count), 'policy_malformed');
  const threshold = Number(count);
  demand(threshold >= 1 && threshold <= members, 'policy_bad_threshold');
  return threshold;
}

function addQuorum(draft: Draft, [name, ...rest]: readonly string[]): void {
  demand(name !== undefined && rest.length === 0, 'policy_malformed');
  demand(draft.names.has(name), 'policy_undefined_name');
  draft.quorums.push(name);
}

/** The file of a policy; throws what `parsePolicy` would throw on it. */
export function formatPolicy({ logs, witnesses, groups, quorum }: Policy): Uint8Array {
  const keyText = (verifier: NoteVerifier) => Buffer.from(formatVerifierKey(verifier)).toString('latin1');
  const lines = [
    ...logs.map(({ verifier, url }) => ['log', keyText(verifier), url]),
    ...witnesses.map(({ name, verifier, url }) => ['witness', name, keyText(verifier), url]),
    ...groups.map(({ name, threshold, members }) => ['group', name, String(threshold), ...members]),
    ['quorum', quorum],
  ];
  const text = lines.map((words) => `${words.filter((word) => word !== undefined).join(' ')}\n`).join('');
  const bytes = new Uint8Array(Buffer.from(text, 'latin1'));
  parsePolicy(bytes);
  return bytes;
}
