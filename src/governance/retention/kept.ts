/** What is kept though it has had its time: by a legal hold, or since somebody asked that a scan be preserved. */
import type { Clock } from '../../base/clock.ts';
import { isWithin, type Hold } from '../../domain/hold.ts';
import { isPreserved } from '../../domain/preservation.ts';
import type { AdministrationEntry, Receipt, RecordedEntry } from '../../domain/record.ts';
import type { Durations } from '../../domain/retention.ts';
import type { Candidate, RetentionStore } from './store.ts';

export interface PurgeSettings {
  readonly store: RetentionStore;
  readonly read: (query: {
    readonly id?: string;
    readonly after?: number;
    readonly limit: number;
  }) => Promise<{ readonly entries: readonly RecordedEntry[] }>;
  readonly append: (entry: AdministrationEntry) => Promise<Receipt>;
  readonly keysOf: (identifier: string) => Promise<readonly { readonly id: string }[]>;
  readonly holds: () => Promise<readonly Hold[]>;
  readonly durations: () => Promise<Durations>;
  readonly clock: Clock;
}

export interface Kept {
  /** Ids of the holds that were in force when it was looked. */
  readonly holds: readonly string[];
  hasCandidate(candidate: Candidate): Promise<boolean>;
  /** One entry keeps the whole bundle. */
  hasAnyIn(bundle: number): Promise<boolean>;
}

/** A hold with the keys of whom it names: the name itself is opened once. */
interface OpenHold {
  readonly hold: Hold;
  readonly keys: ReadonlySet<string> | undefined;
}

const BUNDLE = 256;
/** Entries under one id: the scan, and each time somebody said whether to keep it. */
const MAX_ENTRIES = 10_000;

export async function createKept(settings: PurgeSettings): Promise<Kept> {
  const { read, store, holds, keysOf } = settings;
  const held = await Promise.all(
    (await holds()).map(async (hold): Promise<OpenHold> => {
      const keys = hold.subjects && (await Promise.all(hold.subjects.map(keysOf))).flat();
      return { hold, keys: keys && new Set(keys.map(({ id }) => id)) };
    }),
  );

  async function isPreservedUnder(id: string): Promise<boolean> {
    const { entries } = await read({ id, limit: MAX_ENTRIES });
    return isPreserved(entries.map(({ entry }) => entry));
  }

  return {
    holds: held.map(({ hold }) => hold.id),
    async hasCandidate(candidate) {
      if (candidate.isActedOn && (await isPreservedUnder(candidate.id))) return true;
      return isHeld(read, held, candidate);
    },
    async hasAnyIn(bundle) {
      for (const id of await store.actedOnIn(bundle)) if (await isPreservedUnder(id)) return true;
      return isBundleHeld(settings, held, bundle);
    },
  };
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
