/** Legal holds in memory. */
import type { HoldStore, StoredHold } from '../../governance/retention/store.ts';

export function createMemoryHoldStore(): HoldStore {
  const holds = new Map<string, StoredHold>();
  return {
    async add(hold) {
      holds.set(hold.id, hold);
    },
    list: async () =>
      [...holds.values()].toSorted((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1)),
    remove: async (id) => holds.delete(id),
  };
}
