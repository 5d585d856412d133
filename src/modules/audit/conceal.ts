/** What of an entry goes where: commitments into the leaf; who it was and what was said beside it, under their subjects' keys. */
import { createHmac } from 'node:crypto';
import { createBoundedCache } from '../../base/bounded-cache.ts';
import type { AuditEntry } from '../../domain/record.ts';
import { commitmentOf, saltOf, type Keyring, type SubjectKey } from './keyring.ts';
import { leafBodyOf, whoOf } from './leaf.ts';
import { sealText } from './sealed-text.ts';
import type { EntryMark, NewEntry, NewIdentity } from './store.ts';

export interface Concealed {
  readonly entry: NewEntry;
  /** To be called once the entry stands: from then on its identity need not be brought again. */
  stands(): void;
}

export type Conceal = (entry: AuditEntry) => Concealed | Promise<Concealed>;

const MAX_KNOWN_IDENTITIES = 20_000;
/** A leaf has at most 65,535 bytes (C2SP tlog-tiles); its count takes fewer than 200 of them. */
const MAX_BODY_BYTES = 65_300;
/** What no person asked for is under a key of the house. */
const HOUSE_SUBJECT = 'house:record';

export function createConceal(keyring: Keyring): Conceal {
  /** Names of identities that stand beside the log, and the ids they have there. */
  const standing = createBoundedCache<string>(MAX_KNOWN_IDENTITIES);
  return (entry) => {
    const subject = keyring.of(subjectOf(entry));
    return subject instanceof Promise ? subject.then((key) => conceal(entry, key)) : conceal(entry, subject);
  };

  function conceal(entry: AuditEntry, subject: SubjectKey): Concealed {
    const who = whoOf(entry);
    const content = entry.kind === 'administration' ? undefined : entry.content;
    const commit = (what: 'who' | 'content', text: string) =>
      commitmentOf(saltOf(subject, what, entry.id), text);
    const name = `${subject.id} ${who}`;
    const identity = who === undefined ? undefined : identityOf(subject, who, standing.get(name));
    const body = leafBodyOf(entry, {
      ...(who === undefined ? {} : { who: commit('who', who) }),
      ...(content === undefined ? {} : { content: commit('content', content) }),
    });
    // Asked only where it could be: the longest text takes three bytes for a character.
    if (body.length > MAX_BODY_BYTES / 3 && Buffer.byteLength(body) > MAX_BODY_BYTES)
      throw new Error('the entry is larger than a leaf may be');
    return {
      entry: {
        kind: entry.kind,
        id: entry.id,
        at: entry.at,
        mark: markOf(entry),
        body,
        subjects: [],
        ...(identity && { identity }),
        ...(content === undefined
          ? {}
          : { content: { subjects: [subject.id], ...sealText(entry.id, content, [subject]) } }),
      },
      stands: () => {
        if (identity?.text) standing.set(name, identity.id);
      },
    };
  }
}

/** Whom the keys of an entry belong to. */
function subjectOf(entry: AuditEntry): string {
  if (entry.kind === 'administration' || entry.principal === undefined) return HOUSE_SUBJECT;
  return `${entry.principal.kind}:${entry.principal.id}`;
}

function identityOf(subject: SubjectKey, who: string, standing: string | undefined): NewIdentity {
  if (standing !== undefined) return { id: standing, subject: subject.id };
  // Derived, so that processes that say the same at once bring the same one.
  const id = createHmac('sha256', subject.salting).update(`identity ${who}`).digest('base64url').slice(0, 22);
  return { id, subject: subject.id, text: sealText(id, who, [subject]) };
}

function markOf(entry: AuditEntry): EntryMark {
  if (entry.kind === 'interaction_end') return 'closes';
  return entry.kind === 'interaction' && entry.outcome === 'released' ? 'opens' : '';
}
