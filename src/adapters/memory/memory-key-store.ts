/** Keys of subjects in memory. */
import type { KeyStore, StoredKey } from '../../modules/audit/keys.ts';

export function createMemoryKeyStore(): KeyStore {
  const keys = new Map<string, StoredKey>();
  const byId = (a: StoredKey, b: StoredKey) => (a.id < b.id ? -1 : 1);
  return {
    find: async (tag) =>
      [...keys.values()]
        .filter((key) => key.tag === tag)
        .toSorted((a, b) => a.createdAtMs - b.createdAtMs || byId(a, b)),
    get: async (ids) => ids.flatMap((id) => keys.get(id) ?? []),
    list: async (afterId, limit) =>
      [...keys.values()]
        .filter(({ id }) => id > afterId)
        .toSorted(byId)
        .slice(0, limit),
    async add(key) {
      if (!keys.has(key.id)) keys.set(key.id, key);
    },
    async replace(changed) {
      for (const key of changed) if (keys.has(key.id)) keys.set(key.id, key);
    },
    destroy: async (ids) => ids.filter((id) => keys.delete(id)).length,
    close: () => Promise.resolve(),
  };
}
