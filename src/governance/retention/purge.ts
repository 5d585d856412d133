/** Ends what has had its time: first it is looked for, then the record says what will go, then it goes. */
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { isWithin, type Hold } from '../../domain/hold.ts';
import type { AdministrationEntry, Receipt, RecordedEntry } from '../../domain/record.ts';
import { cutOff, type Durations, type RecordClass } from '../../domain/retention.ts';
import type { Candidate, LeafBundle, RetentionStore } from './store.ts';

/** What goes of one class. */
export interface Purged {
  readonly class: RecordClass | 'entries';
  /** What began before it; the later of both where whole entries go. */
  readonly cutOffMs: number;
  readonly entries: number;
  /** Indexes of leaves, both inclusive, ascending. */
  readonly ranges: readonly (readonly [number, number])[];
}

export interface PurgeSettings {
  readonly store: RetentionStore;
  readonly read: (query: {
    readonly after: number;
    readonly limit: number;
  }) => Promise<{ readonly entries: readonly RecordedEntry[] }>;
  readonly append: (entry: AdministrationEntry) => Promise<Receipt>;
  readonly keysOf: (identifier: string) => Promise<readonly { readonly id: string }[]>;
  readonly holds: () => Promise<readonly Hold[]>;
  readonly durations: () => Promise<Durations>;
  readonly clock: Clock;
}

export interface Purge {
  /** With `isDry`, what would go. */
  run(actor: string, isDry: boolean): Promise<readonly Purged[]>;
  /** Runs unless some process did within the last `everyMs`. */
  runDaily(actor: string, everyMs: number): Promise<readonly Purged[]>;
}

const BUNDLE = 256;
const PAGE = 256;
/** Entries that one record tells of: their ranges have to fit into a leaf. */
const BATCH = 1_024;

/** A hold with the keys of whom it names: the name itself is opened once. */
interface OpenHold {
  readonly hold: Hold;
  readonly keys: ReadonlySet<string> | undefined;
}

export function createPurge(settings: PurgeSettings): Purge {
  const { store, holds, durations, clock, keysOf } = settings;

  async function openHolds(): Promise<readonly OpenHold[]> {
    return Promise.all(
      (await holds()).map(async (hold) => {
        const keys = hold.subjects && (await Promise.all(hold.subjects.map(keysOf))).flat();
        return { hold, keys: keys && new Set(keys.map(({ id }) => id)) };
      }),
    );
  }

  async function run(actor: string, isDry: boolean): Promise<readonly Purged[]> {
    const kept = await durations();
    const held = await openHolds();
    const purged: Purged[] = [];
    for (const what of ['content', 'identities'] as const) {
      const duration = kept[what];
      if (!duration) continue;
      const cutOffMs = cutOff(clock.now(), duration);
      const remove = what === 'content' ? store.removeContent : store.removeIdentities;
      for (let from = 0; ; ) {
        const { indexes, next } = await passed(settings, held, what, cutOffMs, from);
        if (indexes.length > 0) {
          const each = { class: what, cutOffMs, entries: indexes.length, ranges: rangesOf(indexes, 1) };
          if (!isDry) await recorded(settings, actor, each, () => remove(indexes));
          purged.push(each);
        }
        if (next === undefined) break;
        from = next;
      }
    }
    return [...purged, ...(await purgeBundles(settings, held, kept, actor, isDry))];
  }

  return {
    run,
    async runDaily(actor, everyMs) {
      const now = clock.now();
      return (await store.claim(now, now - everyMs)) ? run(actor, false) : [];
    },
  };
}

async function passed(
  { store, read }: PurgeSettings,
  held: readonly OpenHold[],
  what: 'content' | 'identities',
  cutOffMs: number,
  from: number,
): Promise<{ indexes: number[]; next: number | undefined }> {
  const indexes: number[] = [];
  for (let at = from; ; ) {
    const candidates = await store.candidates(what, cutOffMs, at, PAGE);
    for (const candidate of candidates)
      if (!(await isHeld(read, held, candidate))) indexes.push(candidate.index);
    const last = candidates.at(-1);
    if (last === undefined || candidates.length < PAGE) return { indexes, next: undefined };
    at = last.index + 1;
    if (indexes.length >= BATCH) return { indexes, next: at };
  }
}

async function isHeld(
  read: PurgeSettings['read'],
  held: readonly OpenHold[],
  { index, atMs, keys }: Candidate,
): Promise<boolean> {
  for (const { hold, keys: named } of held) {
    if (named && !keys.some((key) => named.has(key))) continue;
    const application = hold.application === undefined ? undefined : await applicationAt(read, index);
    if (isWithin(hold, { atMs, application })) return true;
  }
  return false;
}

async function applicationAt(read: PurgeSettings['read'], index: number): Promise<string | undefined> {
  const { entries } = await read({ after: index, limit: 1 });
  const [recorded] = entries;
  if (recorded?.index !== index || recorded.entry.kind === 'administration') return undefined;
  return recorded.entry.application;
}

async function purgeBundles(
  settings: PurgeSettings,
  held: readonly OpenHold[],
  { interactions, administration }: Durations,
  actor: string,
  isDry: boolean,
): Promise<readonly Purged[]> {
  const { store, clock } = settings;
  if (!interactions || !administration) return [];
  const cuts = {
    interactions: cutOff(clock.now(), interactions),
    administration: cutOff(clock.now(), administration),
  };
  const purged: Purged[] = [];
  for (let from = 0; ; ) {
    const bundles = await store.bundles(from, BATCH / BUNDLE);
    const gone: number[] = [];
    for (const bundle of bundles)
      if (isPast(bundle, cuts) && !(await isBundleHeld(settings, held, bundle.bundle)))
        gone.push(bundle.bundle);
    if (gone.length > 0) {
      const each = {
        class: 'entries' as const,
        cutOffMs: Math.max(cuts.interactions, cuts.administration),
        entries: gone.length * BUNDLE,
        ranges: rangesOf(gone, BUNDLE),
      };
      if (!isDry) await recorded(settings, actor, each, () => store.removeBundles(gone));
      purged.push(each);
    }
    const last = bundles.at(-1);
    if (last === undefined || bundles.length < BATCH / BUNDLE) return purged;
    from = last.bundle + 1;
  }
}

function isPast(
  { interactionsAtMs = -Infinity, administrationAtMs = -Infinity }: LeafBundle,
  cuts: { readonly interactions: number; readonly administration: number },
): boolean {
  return interactionsAtMs < cuts.interactions && administrationAtMs < cuts.administration;
}

/** One entry that is held holds the whole bundle. */
async function isBundleHeld(
  { read, store }: PurgeSettings,
  held: readonly OpenHold[],
  bundle: number,
): Promise<boolean> {
  if (held.length === 0) return false;
  const keys = await store.keysIn(bundle);
  const { entries } = await read({ after: bundle * BUNDLE, limit: BUNDLE });
  const own = entries.filter(({ index }) => index < (bundle + 1) * BUNDLE);
  return held.some(({ hold, keys: named }) => {
    if (named && !keys.some((key) => named.has(key))) return false;
    return own.some(({ entry }) =>
      isWithin(hold, {
        atMs: entry.at,
        application: entry.kind === 'administration' ? undefined : entry.application,
      }),
    );
  });
}

/** The record stands before anything goes: what is missing without one was taken by somebody else. */
async function recorded(
  { append, clock }: PurgeSettings,
  actor: string,
  { class: what, cutOffMs, entries, ranges }: Purged,
  remove: () => Promise<void>,
): Promise<void> {
  await append({
    kind: 'administration',
    id: newId('prg', clock.now()),
    at: clock.now(),
    actor,
    action: 'retention.purge',
    subject: what,
    before: new Date(cutOffMs).toISOString(),
    after: `${entries} in ${ranges.map(([first, last]) => `${first}-${last}`).join(',')}`,
  });
  await remove();
}

function rangesOf(sorted: readonly number[], width: number): readonly (readonly [number, number])[] {
  const ranges: [number, number][] = [];
  for (const each of sorted) {
    const [first, last] = [each * width, (each + 1) * width - 1];
    const open = ranges.at(-1);
    if (open && open[1] + 1 === first) open[1] = last;
    else ranges.push([first, last]);
  }
  return ranges;
}
