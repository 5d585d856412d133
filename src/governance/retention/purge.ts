/** Ends what has had its time: first it is looked for, then the record says what will go, then it goes. */
import { newId } from '../../base/ids.ts';
import { cutOff, type Duration, type Durations } from '../../domain/retention.ts';
import {
  mergedRanges,
  PURGE,
  purgedText,
  type LeafRange,
  type PurgedPart,
  type PurgeStatement,
} from '../../domain/purge-statement.ts';
import { createKept, type Kept, type PurgeSettings } from './kept.ts';
import { areNeeded, BUNDLE, restated, statedIn } from './restatement.ts';
import type { LeafBundle, RetentionStore } from './store.ts';

/** What goes of one class. */
export interface Purged {
  readonly class: PurgedPart;
  /** What began before it; the later of both where whole entries go. */
  readonly cutOffMs: number;
  readonly entries: number;
  /** Indexes of leaves, both inclusive, ascending. */
  readonly ranges: readonly LeafRange[];
}

export interface Purge {
  /** With `isDry`, what would go. */
  run(actor: string, isDry: boolean): Promise<readonly Purged[]>;
  /** Runs unless some process did within the last `everyMs`. */
  runDaily(actor: string, everyMs: number): Promise<readonly Purged[]>;
}

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
  const cutOffMs = Math.max(cuts.interactions, cuts.administration);
  const purged: Purged[] = [];
  let standing: ReadonlySet<number> = new Set();
  for (let from = 0; ; ) {
    const bundles = await store.bundles(from, BATCH / BUNDLE);
    const looked = await lookThrough(settings, bundles, cuts, standing);
    const { gone } = looked;
    if (gone.length > 0) {
      const each = {
        class: 'entries' as const,
        cutOffMs,
        entries: gone.length * BUNDLE,
        ranges: rangesOf(gone, BUNDLE),
      };
      if (!isDry && !(await takenOut(settings, actor, each, looked))) continue;
      purged.push(each);
    }
    const last = bundles.at(-1);
    if (last === undefined || bundles.length < BATCH / BUNDLE) return purged;
    standing = looked.standing;
    from = last.bundle + 1;
  }
}

interface Looked {
  readonly gone: readonly number[];
  /** All bundles up to the last of these that stay. */
  readonly standing: ReadonlySet<number>;
  /** What the entries that go say of others. */
  readonly purges: readonly PurgeStatement[];
  /** The holds that were in force when it was looked. */
  readonly holds: readonly string[];
}

async function lookThrough(
  settings: PurgeSettings,
  bundles: readonly LeafBundle[],
  cuts: { readonly interactions: number; readonly administration: number },
  before: ReadonlySet<number>,
): Promise<Looked> {
  const kept = await createKept(settings);
  const gone: number[] = [];
  const purges: PurgeStatement[] = [];
  const standing = new Set(before);
  for (const bundle of bundles) {
    const goes = isPast(bundle, cuts) && !(await kept.hasAnyIn(bundle.bundle));
    const stated = goes ? await statedIn(settings, bundle) : undefined;
    if (stated === undefined || (await areNeeded(settings, stated.erasures, standing))) {
      standing.add(bundle.bundle);
      continue;
    }
    gone.push(bundle.bundle);
    purges.push(...stated.purges);
  }
  return { gone, standing, purges, holds: kept.holds };
}

/** Says of the entries that go what they said of others, and takes them out. As `recorded`. */
async function takenOut(
  settings: PurgeSettings,
  actor: string,
  each: Purged,
  { gone, standing, purges, holds }: Looked,
): Promise<boolean> {
  for (const what of ['content', 'identities'] as const) {
    const ranges = restated(purges, what, standing);
    if (ranges.length > 0) await state(settings, actor, what, each.cutOffMs, ranges);
  }
  const ranges = mergedRanges([...each.ranges, ...restated(purges, 'entries', standing)]);
  return recorded(settings, actor, { ...each, ranges }, () => settings.store.removeBundles(gone, holds));
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
  settings: PurgeSettings,
  actor: string,
  { class: what, cutOffMs, ranges }: Pick<Purged, 'class' | 'cutOffMs' | 'ranges'>,
  remove: () => Promise<boolean>,
): Promise<boolean> {
  await state(settings, actor, what, cutOffMs, ranges);
  return remove();
}

async function state(
  { append, clock }: PurgeSettings,
  actor: string,
  what: Purged['class'],
  cutOffMs: number,
  ranges: readonly LeafRange[],
): Promise<void> {
  for (let from = 0; from < ranges.length; from += BATCH)
    await append({
      kind: 'administration',
      id: newId('prg', clock.now()),
      at: clock.now(),
      actor,
      action: PURGE,
      subject: what,
      before: new Date(cutOffMs).toISOString(),
      after: purgedText(ranges.slice(from, from + BATCH)),
    });
}

function rangesOf(units: readonly number[], width: number): readonly LeafRange[] {
  return mergedRanges(units.map((each) => [each * width, (each + 1) * width - 1]));
}
