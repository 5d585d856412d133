/** What an erasure needs of the record in memory. */
import type { StoredErasure, SubjectStore } from '../../governance/subjects/store.ts';
import type { Kept } from './memory-audit-store.ts';

export interface KeptErasure {
  readonly stored: StoredErasure;
  readonly leaves: readonly number[];
}

export function createMemorySubjectStore(
  entries: Kept[],
  erasures: Map<string, KeptErasure>,
  isHeld: (known: readonly string[]) => boolean,
): SubjectStore {
  const about = (keys: readonly string[]) => entries.filter((kept) => isAbout(kept, keys));

  function settleLeaf(index: number, keys: ReadonlySet<string>, entry: number): void {
    const kept = entries[index];
    if (kept) entries[index] = withoutSubjects(kept, keys, entry);
  }

  return {
    async sealed() {
      const vaults = entries.flatMap(({ entry }) => (entry.vault?.length ? [entry.vault.length] : []));
      return {
        content: entries.filter(({ stored }) => stored.content).length,
        vaults: vaults.length,
        vaultTexts: vaults.reduce((sum, texts) => sum + texts, 0),
      };
    },
    async tally(keys) {
      const found = about(keys);
      const times = found.map(({ entry }) => entry.at);
      return {
        entries: found.length,
        withContent: found.filter(({ stored }) => stored.content).length,
        ...(found.length === 0 ? {} : { firstAtMs: Math.min(...times), lastAtMs: Math.max(...times) }),
      };
    },
    together: async (keys, others) => about(keys).some((kept) => isAbout(kept, others)),
    async begin(erasure, holds) {
      if (holds && isHeld(holds)) return undefined;
      const leaves = about(erasure.keys).map(({ stored }) => stored.index);
      erasures.set(erasure.id, { stored: erasure, leaves });
      return leaves;
    },
    pending: async () =>
      [...erasures.values()].map(({ stored }) => stored).filter(({ entry }) => entry === undefined),
    async settle(id, entry) {
      const erasure = erasures.get(id);
      if (!erasure) return;
      const keys = new Set(erasure.stored.keys);
      for (const index of erasure.leaves) settleLeaf(index, keys, entry);
      erasures.set(id, { ...erasure, stored: { ...erasure.stored, entry } });
    },
    async drop(id) {
      erasures.delete(id);
    },
    async erasedKeys(after, limit) {
      const done = [...erasures.values()].filter(({ stored }) => stored.entry !== undefined);
      const ids = new Set(done.flatMap(({ stored }) => stored.keys));
      return [...ids]
        .filter((id) => id > after)
        .toSorted()
        .slice(0, limit);
    },
    leftOver: async () =>
      [...erasures.values()]
        .map(({ stored }) => stored)
        .filter(({ entry, keys }) => entry !== undefined && about(keys).length > 0),
    covering: async (index) =>
      [...erasures.values()]
        .filter(({ stored, leaves }) => stored.entry !== undefined && leaves.includes(index))
        .map(({ stored, leaves }) => ({ erasure: stored, leaves })),
  };
}

function isAbout({ entry, isRemoved }: Kept, keys: readonly string[]): boolean {
  if (isRemoved) return false;
  return keys.some((key) => entry.identity?.subject === key || entry.subjects.includes(key));
}

function withoutSubjects({ entry, stored }: Kept, keys: ReadonlySet<string>, erasedBy: number): Kept {
  const { identity, content, vault = [], subjects, ...rest } = entry;
  const { identity: storedIdentity, content: _, ...storedRest } = stored;
  const keepsIdentity = identity !== undefined && !keys.has(identity.subject);
  const keptContent = content?.subjects.some((each) => keys.has(each)) ? undefined : content;
  const isErased = (identity && !keepsIdentity) || keptContent !== content;
  return {
    entry: {
      ...rest,
      subjects: subjects.filter((each) => !keys.has(each)),
      vault: vault.filter(({ subject }) => !keys.has(subject)),
      ...(keepsIdentity && { identity }),
      ...(keptContent && { content: keptContent }),
    },
    stored: {
      ...storedRest,
      ...(keepsIdentity && storedIdentity && { identity: storedIdentity }),
      ...(keptContent && { content: keptContent }),
      ...(isErased && { erasedBy }),
    },
  };
}
