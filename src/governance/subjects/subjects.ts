/** The rights of whom the record is about: to see it, to have it erased, to have it left alone (GDPR Art. 15, 17, 18). */
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { ERASURE_BASES } from '../../domain/erasure-basis.ts';
import { isWithin, type Hold } from '../../domain/hold.ts';
import { isPrincipal, subjectsMeant } from '../../domain/subject.ts';
import type { Coverage } from './coverage.ts';
import { disclose, type DisclosedEntry, type Disclosure } from './disclose.ts';
import { createEraser, type Erased } from './erase.ts';
import type { FoundKey, KeyAccess, RecordAccess } from './record-access.ts';
import type { Sealed, SubjectStore, Tally } from './store.ts';
import { SubjectError } from './subject-error.ts';

export { verifyCoverage, type Coverage } from './coverage.ts';
export { htmlOf } from './disclosure-page.ts';
export { SubjectError } from './subject-error.ts';

/** Who acts, and why. */
export interface Act {
  readonly actor: string;
  readonly reason: string;
}

export interface SubjectSummary extends Tally {
  /** Those by which something is known, each once. */
  readonly identifiers: readonly string[];
  readonly isRestricted: boolean;
  /** Ids of legal holds that name one of them. */
  readonly holds: readonly string[];
}

/** `given` is an identifier as the record has it, or a bare address, number or name that may be several. */
export interface Subjects {
  /** Every identifier that `given` may be. */
  meant(given: string): Promise<readonly string[]>;
  /** Recorded where somebody's act it is. */
  show(given: string, act?: Act): Promise<SubjectSummary>;
  /** How much lies beside the log, of all together. */
  sealed(): Promise<Sealed>;
  /** @throws SubjectError where processing is restricted, or nobody is known so */
  disclose(given: string, act: Act): Promise<Disclosure>;
  /** Undefined where nothing is left to erase. @throws SubjectError where a legal hold forbids it */
  erase(given: string, basis: string, act: Act): Promise<Erased | undefined>;
  /** What is kept of somebody is not read any more; or again. @throws SubjectError where nobody is known so */
  restrict(given: string, isRestricted: boolean, act: Act): Promise<void>;
  /** MUST be called at the start, and from time to time: what was cut off is finished, keys that came back are destroyed. */
  resume(actor: string): Promise<number>;
  /** Erasures that are begun and not done, and those of them that cover what this hold would hold: by ids. */
  underWay(hold: Hold): Promise<{ readonly all: readonly string[]; readonly covering: readonly string[] }>;
  /** What shows that an erasure covers the entry at this index. */
  coverage(index: number): Promise<readonly Coverage[]>;
}

export interface SubjectsSettings {
  readonly store: SubjectStore;
  readonly records: RecordAccess;
  readonly keys: KeyAccess;
  readonly holds: () => Promise<readonly Hold[]>;
  /** Adds what these principals used to the sums of nobody in particular. */
  readonly disown: (principals: readonly string[]) => Promise<void>;
  /** Of which countries national telephone numbers are: ISO 3166. */
  readonly phoneRegions?: () => Promise<readonly string[]>;
  readonly clock: Clock;
}

const PAGE = 500;
const MAX_TRIES = 10;
const MAX_DISCLOSED = 50_000;

export function createSubjects(settings: SubjectsSettings): Subjects {
  const { store, records, keys, clock, holds, disown, phoneRegions = async () => [] } = settings;
  const eraser = createEraser(settings);

  const meant = async (given: string) => subjectsMeant(given, await phoneRegions());

  async function keysOf(given: string): Promise<readonly FoundKey[]> {
    const found = await Promise.all((await meant(given)).map((identifier) => keys.find(identifier)));
    return found.flat();
  }

  async function known(given: string): Promise<readonly FoundKey[]> {
    const found = await keysOf(given);
    if (found.length === 0)
      throw new SubjectError('nothing in the record is about anybody of this name', 'unknown');
    return found;
  }

  /** What a gateway summed up before the erasure, and wrote after it. */
  async function disownLate(given: string): Promise<void> {
    const names = await meant(given);
    if ((await holds()).some(({ subjects }) => subjects?.some((each) => names.includes(each)))) return;
    await disown(names.filter(isPrincipal));
  }

  const record = (action: string, found: readonly FoundKey[], { actor, reason }: Act) =>
    records.append({
      kind: 'administration',
      id: newId('adm', clock.now()),
      at: clock.now(),
      actor,
      action,
      // Keys say nothing of whom they are for.
      subject: idsOf(found).join(' '),
      reason,
    });

  /** @throws SubjectError */
  async function refuseHeld(
    given: string,
    found: readonly FoundKey[],
    inForce: readonly Hold[],
  ): Promise<void> {
    for (const hold of inForce)
      if (await isHeld(settings, hold, new Set([given, ...identifiersOf(found)]), idsOf(found)))
        throw new SubjectError(`the legal hold ${hold.id} forbids it: release the hold first`);
  }

  return {
    meant,
    sealed: store.sealed,
    async show(given, act) {
      const found = await keysOf(given);
      if (act) await record('subject.show', found, act);
      const identifiers = identifiersOf(found);
      const names = new Set([...identifiers, ...(await meant(given))]);
      const naming = (await holds()).filter(({ subjects }) => subjects?.some((each) => names.has(each)));
      return {
        identifiers,
        isRestricted: found.some(({ isRestricted }) => isRestricted),
        holds: naming.map(({ id }) => id),
        ...(await store.tally(idsOf(found))),
      };
    },
    async disclose(given, act) {
      const found = await known(given);
      if (found.some(({ isRestricted }) => isRestricted))
        throw new SubjectError('processing is restricted: lift that first, for as long as she reads it');
      await record('subject.export', found, act);
      const identifiers = identifiersOf(found);
      const entries = await collect(records, idsOf(found), new Set(identifiers));
      return { identifiers, madeAt: new Date(clock.now()).toISOString(), ...entries };
    },
    async erase(given, basis, { actor, reason }) {
      if (!ERASURE_BASES.some((each) => each === basis))
        throw new SubjectError(`the basis is one of ${ERASURE_BASES.join(', ')}`, 'unusable');
      await eraser.resume(actor);
      const found = await keysOf(given);
      if (found.length === 0) {
        await disownLate(given);
        return undefined;
      }
      for (let tries = 0; tries < MAX_TRIES; tries++) {
        const inForce = await holds();
        const check = () => refuseHeld(given, found, inForce);
        await check();
        const against = { holds: inForce.map(({ id }) => id), check };
        const erased = await eraser.erase(idsOf(found), { basis, actor, reason }, against);
        if (erased) return erased;
      }
      throw new SubjectError('legal holds are being placed: nothing was erased, try again');
    },
    async restrict(given, isRestricted, act) {
      const found = await known(given);
      await record(isRestricted ? 'subject.restrict' : 'subject.unrestrict', found, act);
      await keys.restrict(idsOf(found), isRestricted ? clock.now() : undefined);
    },
    resume: eraser.resume,
    async underWay(hold) {
      const all = await store.pending();
      const isCovering = await Promise.all(
        all.map((erasure) => isHeld(settings, hold, new Set(), erasure.keys)),
      );
      const covering = all.filter((_, index) => isCovering[index]);
      return { all: all.map(({ id }) => id), covering: covering.map(({ id }) => id) };
    },
    coverage: eraser.coverage,
  };
}

const idsOf = (found: readonly FoundKey[]) => found.map(({ id }) => id);
const identifiersOf = (found: readonly FoundKey[]) => [...new Set(found.map(({ identifier }) => identifier))];

/** A hold on somebody else covers what is about both: erasing the one would take it from the other. */
async function isHeld(
  { store, keys, records }: SubjectsSettings,
  hold: Hold,
  names: ReadonlySet<string>,
  ids: readonly string[],
): Promise<boolean> {
  const isByPlace = hold.application !== undefined || hold.fromMs !== undefined || hold.toMs !== undefined;
  if (hold.subjects !== undefined && !hold.subjects.some((each) => names.has(each))) {
    const held = await Promise.all(hold.subjects.map((each) => keys.find(each)));
    if (!(await store.together(ids, idsOf(held.flat())))) return false;
  }
  if (!isByPlace) return true;
  for (let after = 0; ; ) {
    const { entries } = await records.read({ subjects: ids, after, limit: PAGE });
    const isUnder = entries.some(({ entry }) =>
      isWithin(hold, {
        atMs: entry.at,
        application: entry.kind === 'administration' ? undefined : entry.application,
      }),
    );
    if (isUnder) return true;
    if (entries.length < PAGE) return false;
    after = entries.at(-1)?.position ?? Infinity;
  }
}

async function collect(records: RecordAccess, ids: readonly string[], identifiers: ReadonlySet<string>) {
  const disclosed: DisclosedEntry[] = [];
  for (let after = 0; ; ) {
    const { entries } = await records.read({ subjects: ids, after, limit: PAGE });
    for (const entry of entries) {
      const each = await disclose(records, entry, identifiers);
      if (each) disclosed.push(each);
    }
    if (entries.length < PAGE) return { entries: disclosed, isComplete: true };
    if (disclosed.length >= MAX_DISCLOSED) return { entries: disclosed, isComplete: false };
    after = entries.at(-1)?.position ?? Infinity;
  }
}
