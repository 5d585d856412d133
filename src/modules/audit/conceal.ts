/** What of an entry goes where: commitments into the leaf; who it was and what was said beside it, under their subjects' keys. */
import { createBoundedCache } from '../../base/bounded-cache.ts';
import type { AuditEntry, RecordedSubject } from '../../domain/record.ts';
import { principalSubject } from '../../domain/subject.ts';
import { commitmentOf, saltOf, type Keyring, type SubjectKey } from './keyring.ts';
import { leafBodyOf, whoOf } from './leaf.ts';
import { sealText } from './sealed-text.ts';
import type { EntryMark, NewEntry, NewIdentity, SealedContent, SealedPseudonyms } from './store.ts';
import { vaultName } from './store.ts';

export interface Concealed {
  readonly entry: NewEntry;
  /** To be called once the entry stands: from then on its identity need not be brought again. */
  stands(): void;
}

export type Conceal = (entry: AuditEntry) => Concealed | Promise<Concealed>;

const DAY_MS = 86_400_000;
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
    const others = entry.kind === 'administration' ? undefined : entry.subjects;
    if (others !== undefined && others.length > 0) return concealTogether(entry, subject, others);
    return subject instanceof Promise
      ? subject.then((key) => conceal(entry, key, []))
      : conceal(entry, subject, []);
  };

  async function concealTogether(
    entry: AuditEntry,
    subject: SubjectKey | Promise<SubjectKey>,
    others: readonly RecordedSubject[],
  ): Promise<Concealed> {
    const keys = await Promise.all(others.map(async ({ identifier }) => keyring.of(identifier)));
    const concerned = others.map((each, at) => ({ ...each, key: keys[at] as SubjectKey }));
    return conceal(entry, await subject, concerned);
  }

  function conceal(entry: AuditEntry, subject: SubjectKey, concerned: readonly Concerned[]): Concealed {
    const who = whoOf(entry);
    const content = entry.kind === 'administration' ? undefined : entry.content;
    const commit = (what: 'who' | 'content', text: string) =>
      commitmentOf(saltOf(subject, what, entry.id), text);
    const name = `${Math.floor(entry.at / DAY_MS)} ${subject.id} ${who}`;
    const identity = who === undefined ? undefined : identityOf(subject, name, who, standing.get(name));
    const body = leafBodyOf(entry, {
      ...(who === undefined ? {} : { who: commit('who', who) }),
      ...(content === undefined ? {} : { content: commit('content', content) }),
    });
    // Asked only where it could be: the longest text takes three bytes for a character.
    if (body.length > MAX_BODY_BYTES / 3 && Buffer.byteLength(body) > MAX_BODY_BYTES)
      throw new Error('the entry is larger than a leaf may be');
    const vault = vaultOf(entry, concerned);
    return {
      entry: {
        kind: entry.kind,
        id: entry.id,
        at: entry.at,
        mark: markOf(entry),
        body,
        subjects: [...new Set(concerned.map(({ key }) => key.id))],
        ...(identity && { identity }),
        ...(content === undefined ? {} : { content: contentOf(entry.id, content, subject, concerned) }),
        ...(vault.length > 0 && { vault }),
      },
      stands: () => {
        if (identity?.text) standing.set(name, identity.id);
      },
    };
  }
}

interface Concerned extends RecordedSubject {
  readonly key: SubjectKey;
}

/** Whoever is in it in the clear has it under her key as well: with that, nobody reads it any more. */
function contentOf(
  id: string,
  content: string,
  subject: SubjectKey,
  concerned: readonly Concerned[],
): SealedContent {
  const inContent = concerned.filter((each) => each.inContent).map(({ key }) => key);
  const keys = [...new Map([subject, ...inContent].map((key) => [key.id, key])).values()];
  return { subjects: keys.map((key) => key.id), ...sealText(id, content, keys) };
}

/** What a stand-in of one person stood for is under her key alone: erasing her leaves the others'. */
function vaultOf(entry: AuditEntry, concerned: readonly Concerned[]): readonly SealedPseudonyms[] {
  return [...Map.groupBy(concerned, ({ key }) => key.id).values()].flatMap((same) => {
    const pseudonyms = same.flatMap((each) => each.pseudonyms);
    const [first] = same;
    return first === undefined || pseudonyms.length === 0
      ? []
      : [
          {
            subject: first.key.id,
            text: sealText(vaultName(entry.id), JSON.stringify(pseudonyms), [first.key]),
          },
        ];
  });
}

/** Whom the keys of an entry belong to. */
function subjectOf(entry: AuditEntry): string {
  if (entry.kind === 'administration' || entry.principal === undefined) return HOUSE_SUBJECT;
  return principalSubject(entry.principal);
}

/** One for each day: retention removes a day's identities while others say the same on the next. */
function identityOf(
  subject: SubjectKey,
  name: string,
  who: string,
  standing: string | undefined,
): NewIdentity {
  if (standing !== undefined) return { id: standing, subject: subject.id };
  // Derived, so that processes that say the same at once bring the same one.
  const id = subject.salting(`identity ${name}`).toString('base64url').slice(0, 22);
  return { id, subject: subject.id, text: sealText(id, who, [subject]) };
}

function markOf(entry: AuditEntry): EntryMark {
  if (entry.kind === 'interaction_end') return 'closes';
  return entry.kind === 'interaction' && entry.outcome === 'released' ? 'opens' : '';
}
