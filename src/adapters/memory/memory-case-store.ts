/** Sealed cases in memory: requests for approval, objections. */
import type { SealedCase, SealedCaseStore } from '../../domain/sealed-case.ts';

export function createMemoryCaseStore(): SealedCaseStore {
  const cases = new Map<string, SealedCase>();
  const newestFirst = () => [...cases.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1));
  return {
    async add(each) {
      cases.set(each.id, each);
    },
    find: async (id) => cases.get(id),
    about: async (interaction) => newestFirst().filter((each) => each.interaction === interaction),
    list: async ({ before, limit }) =>
      newestFirst()
        .filter(({ id }) => before === undefined || id < before)
        .slice(0, limit),
    async change(id, version, sealed) {
      const found = cases.get(id);
      if (found?.version !== version) return false;
      cases.set(id, { ...found, version: version + 1, sealed });
      return true;
    },
    async purge(beforeMs) {
      const old = newestFirst().filter(({ atMs }) => atMs < beforeMs);
      for (const { id } of old) cases.delete(id);
      return old.length;
    },
  };
}
