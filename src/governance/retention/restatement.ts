/**
 * Entries that say why something is gone go themselves one day. What they say is then said again, by the entry of the purge
 * that takes them: else nobody could tell what retention took from what somebody deleted.
 */
import {
  mergedRanges,
  purgeIn,
  type LeafRange,
  type PurgedPart,
  type PurgeStatement,
} from '../../domain/purge-statement.ts';
import type { PurgeSettings } from './kept.ts';
import type { LeafBundle } from './store.ts';

/** Leaves that are stored, and go, together. */
export const BUNDLE = 256;
const ERASED = 'subject.erase';

/** What the entries of one bundle say of others. */
export interface Stated {
  readonly purges: readonly PurgeStatement[];
  /** Indexes of the entries of erasures. */
  readonly erasures: readonly number[];
}

export async function statedIn(
  { read }: Pick<PurgeSettings, 'read'>,
  { bundle, administrationAtMs }: LeafBundle,
): Promise<Stated> {
  if (administrationAtMs === undefined) return { purges: [], erasures: [] };
  const acts = (await entriesOf(read, bundle)).flatMap(({ index, entry }) =>
    entry.kind === 'administration' ? [{ index, entry }] : [],
  );
  return {
    purges: acts.flatMap(({ entry }) => purgeIn(entry) ?? []),
    erasures: acts.flatMap(({ index, entry }) => (entry.action === ERASED ? [index] : [])),
  };
}

/** Whether an entry that stays was erased by one of these, which nothing else than their own entry accounts for. */
export async function areNeeded(
  { read }: Pick<PurgeSettings, 'read'>,
  erasures: readonly number[],
  standing: Iterable<number>,
): Promise<boolean> {
  if (erasures.length === 0) return false;
  for (const bundle of standing) {
    const entries = await entriesOf(read, bundle);
    if (entries.some(({ erasedBy }) => erasedBy !== undefined && erasures.includes(erasedBy))) return true;
  }
  return false;
}

async function entriesOf(read: PurgeSettings['read'], bundle: number) {
  const { entries } = await read({ after: bundle * BUNDLE, limit: BUNDLE });
  return entries.filter(({ index }) => index < (bundle + 1) * BUNDLE);
}

/**
 * What the purges said, as far as it still has to be: whole entries where they are gone, and parts of those that stay.
 * `standing` are the bundles before these that stay.
 */
export function restated(
  purges: readonly PurgeStatement[],
  what: PurgedPart,
  standing: ReadonlySet<number>,
): readonly LeafRange[] {
  const isMeant = (bundle: number) => standing.has(bundle) === (what !== 'entries');
  const ranges = purges.flatMap((purge) => (purge.what === what ? purge.ranges : []));
  return mergedRanges(
    mergedRanges(ranges)
      .flatMap(byBundle)
      .filter(([first]) => isMeant(bundleOf(first))),
  );
}

const bundleOf = (index: number) => Math.floor(index / BUNDLE);

/** A range, cut where bundles meet. */
function byBundle([first, last]: LeafRange): readonly LeafRange[] {
  const cut: LeafRange[] = [];
  for (let from = first; from <= last; ) {
    const to = Math.min(last, (bundleOf(from) + 1) * BUNDLE - 1);
    cut.push([from, to]);
    from = to + 1;
  }
  return cut;
}
