/** What has had its time, of the record in memory. */
import type { RetentionStore } from '../../governance/retention/store.ts';
import type { Kept } from './memory-audit-store.ts';

const BUNDLE = 256;

export function createMemoryRetentionStore(
  entries: Kept[],
  integrated: () => number,
  isHeld: (known: readonly string[]) => boolean,
): RetentionStore {
  let lastRunMs = 0;

  function change(indexes: readonly number[], holds: readonly string[], work: (kept: Kept) => Kept): boolean {
    if (isHeld(holds)) return false;
    for (const index of indexes) {
      const kept = entries[index];
      if (kept) entries[index] = work(kept);
    }
    return true;
  }
  const isActedOn = (id: string) =>
    entries.some(({ entry, isRemoved }) => !isRemoved && entry.kind === 'administration' && entry.id === id);
  const within = (bundle: number) => entries.slice(bundle * BUNDLE, (bundle + 1) * BUNDLE);
  const latest = (bundle: number, isAdministration: boolean) =>
    within(bundle)
      .filter(({ entry }) => (entry.kind === 'administration') === isAdministration)
      .map(({ entry }) => entry.at)
      .toSorted((a, b) => b - a)[0];

  return {
    async claim(nowMs, sinceMs) {
      if (lastRunMs > sinceMs) return false;
      lastRunMs = nowMs;
      return true;
    },
    candidates: async (what, beforeMs, fromIndex, limit) =>
      entries
        .slice(fromIndex)
        .filter((kept) => !kept.isRemoved && kept.entry.at < beforeMs && has(kept, what))
        .slice(0, limit)
        .map((kept) => ({
          index: kept.stored.index,
          atMs: kept.entry.at,
          kind: kept.entry.kind,
          id: kept.entry.id,
          isActedOn: isActedOn(kept.entry.id),
          keys: keysOf(kept),
        })),
    removeContent: async (indexes, holds) => change(indexes, holds, withoutContent),
    removeIdentities: async (indexes, holds) => change(indexes, holds, withoutIdentities),
    async bundles(fromBundle, limit) {
      const full = Math.floor(integrated() / BUNDLE);
      return Array.from({ length: full }, (_, bundle) => bundle)
        .filter((bundle) => bundle >= fromBundle && !within(bundle)[0]?.isRemoved)
        .slice(0, limit)
        .map((bundle) => {
          const [interactionsAtMs, administrationAtMs] = [latest(bundle, false), latest(bundle, true)];
          return {
            bundle,
            ...(interactionsAtMs === undefined ? {} : { interactionsAtMs }),
            ...(administrationAtMs === undefined ? {} : { administrationAtMs }),
          };
        });
    },
    keysIn: async (bundle) => within(bundle).flatMap(keysOf),
    actedOnIn: async (bundle) => [
      ...new Set(
        within(bundle)
          .map(({ entry }) => entry.id)
          .filter(isActedOn),
      ),
    ],
    removeBundles: async (bundles, holds) =>
      change(
        bundles.flatMap((bundle) => within(bundle).map(({ stored }) => stored.index)),
        holds,
        (kept) => ({ ...withoutIdentities(withoutContent(kept)), isRemoved: true }),
      ),
  };
}

function has({ entry, stored }: Kept, what: 'content' | 'identities'): boolean {
  if (entry.vault !== undefined && entry.vault.length > 0) return true;
  if (what === 'content') return stored.content !== undefined;
  return entry.subjects.length > 0 || (entry.identity !== undefined && entry.kind !== 'administration');
}

function keysOf({ entry }: Kept): readonly string[] {
  return [
    ...(entry.identity ? [entry.identity.subject] : []),
    ...entry.subjects,
    ...(entry.content?.subjects ?? []),
  ];
}

function withoutContent({ entry, stored, ...more }: Kept): Kept {
  const { content: _, vault: __, ...rest } = entry;
  const { content: ___, ...storedRest } = stored;
  return { ...more, entry: rest, stored: storedRest };
}

function withoutIdentities({ entry, stored, ...more }: Kept): Kept {
  const { identity: _, vault: __, ...rest } = entry;
  const { identity: ___, ...storedRest } = stored;
  return { ...more, entry: { ...rest, subjects: [] }, stored: storedRest };
}
