/** Ends what has had its time: first it is looked for, then the record says what will go, then it goes. */
import { newId } from '../../base/ids.ts';
import { cutOff, type Duration, type Durations, type RecordClass } from '../../domain/retention.ts';
import { createKept, type Kept, type PurgeSettings } from './kept.ts';
import type { LeafBundle, RetentionStore } from './store.ts';

/** What goes of one class. */
export interface Purged {
  readonly class: RecordClass | 'entries';
  /** What began before it; the later of both where whole entries go. */
  readonly cutOffMs: number;
  readonly entries: number;
  /** Indexes of leaves, both inclusive, ascending. */
  readonly ranges: readonly (readonly [number, number])[];
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

export function createPurge(settings: PurgeSettings): Purge {
  const { store, durations, clock } = settings;

  async function run(actor: string, isDry: boolean): Promise<readonly Purged[]> {
    const kept = await durations();
    const purged: Purged[] = [];
    for (const what of ['content', 'identities'] as const) {
      const duration = kept[what];
      if (duration) purged.push(...(await purgeBeside(settings, what, duration, actor, isDry)));
    }
    return [...purged, ...(await purgeBundles(settings, kept, actor, isDry))];
  }

  return {
    run,
    async runDaily(actor, everyMs) {
      const now = clock.now();
      return (await store.claim(now, now - everyMs)) ? run(actor, false) : [];
    },
  };
}

/** What lies beside the entries: what was said, or who it was. */
async function purgeBeside(
  settings: PurgeSettings,
  what: 'content' | 'identities',
  duration: Duration,
  actor: string,
  isDry: boolean,
): Promise<readonly Purged[]> {
  const { store, clock } = settings;
  const cutOffMs = cutOff(clock.now(), duration);
  const remove = what === 'content' ? store.removeContent : store.removeIdentities;
  const purged: Purged[] = [];
  for (let from = 0; ; ) {
    // Looked at anew each time: a run may take long, and a hold counts from the moment it is placed.
    const kept = await createKept(settings);
    const { indexes, next } = await passed(store, kept, what, cutOffMs, from);
    if (indexes.length > 0) {
      const each = { class: what, cutOffMs, entries: indexes.length, ranges: rangesOf(indexes, 1) };
      if (!isDry && !(await recorded(settings, actor, each, () => remove(indexes, kept.holds)))) continue;
      purged.push(each);
    }
    if (next === undefined) return purged;
    from = next;
  }
}

async function passed(
  store: RetentionStore,
  kept: Kept,
  what: 'content' | 'identities',
  cutOffMs: number,
  from: number,
): Promise<{ indexes: number[]; next: number | undefined }> {
  const indexes: number[] = [];
  for (let at = from; ; ) {
    const candidates = await store.candidates(what, cutOffMs, at, PAGE);
    for (const candidate of candidates)
      if (!(await kept.hasCandidate(candidate))) indexes.push(candidate.index);
    const last = candidates.at(-1);
    if (last === undefined || candidates.length < PAGE) return { indexes, next: undefined };
    at = last.index + 1;
    if (indexes.length >= BATCH) return { indexes, next: at };
  }
}

/** Whole entries, where all of a bundle have had their time. */
async function purgeBundles(
  settings: PurgeSettings,
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
    const kept = await createKept(settings);
    const bundles = await store.bundles(from, BATCH / BUNDLE);
    const gone: number[] = [];
    for (const bundle of bundles)
      if (isPast(bundle, cuts) && !(await kept.hasAnyIn(bundle.bundle))) gone.push(bundle.bundle);
    if (gone.length > 0) {
      const each = {
        class: 'entries' as const,
        cutOffMs: Math.max(cuts.interactions, cuts.administration),
        entries: gone.length * BUNDLE,
        ranges: rangesOf(gone, BUNDLE),
      };
      if (!isDry && !(await recorded(settings, actor, each, () => store.removeBundles(gone, kept.holds))))
        continue;
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

/**
 * The record stands before anything goes: what is missing without one was taken by somebody else. Resolves to false where a
 * hold was placed since it was looked: what it holds is still there, and has to be looked for again.
 */
async function recorded(
  { append, clock }: PurgeSettings,
  actor: string,
  { class: what, cutOffMs, entries, ranges }: Purged,
  remove: () => Promise<boolean>,
): Promise<boolean> {
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
  return remove();
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
