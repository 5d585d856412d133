/** Legal holds in memory. */
import type { HoldStore, StoredHold } from '../../governance/retention/store.ts';

export function createMemoryHoldStore(
  holds: Map<string, StoredHold>,
  isErasing: (known: readonly string[]) => boolean,
): HoldStore {
  return {
    async add(hold, erasures) {
      if (isErasing(erasures)) return false;
      holds.set(hold.id, hold);
      return true;
    },
    list: async () =>
      [...holds.values()].toSorted((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1)),
    remove: async (id) => holds.delete(id),
  };
}
