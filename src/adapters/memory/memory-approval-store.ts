/** Requests for approval in memory. */
import type { ApprovalStore, StoredApproval } from '../../governance/approvals/store.ts';

export function createMemoryApprovalStore(): ApprovalStore {
  const approvals = new Map<string, StoredApproval>();
  const newestFirst = () => [...approvals.values()].toSorted((a, b) => (a.id < b.id ? 1 : -1));
  return {
    async add(approval) {
      approvals.set(approval.id, approval);
    },
    find: async (id) => approvals.get(id),
    about: async (interaction) => newestFirst().filter((each) => each.interaction === interaction),
    list: async ({ before, limit }) =>
      newestFirst()
        .filter(({ id }) => before === undefined || id < before)
        .slice(0, limit),
    async change(id, version, sealed) {
      const found = approvals.get(id);
      if (found?.version !== version) return false;
      approvals.set(id, { ...found, version: version + 1, sealed });
      return true;
    },
    async purge(beforeMs) {
      const old = newestFirst().filter(({ atMs }) => atMs < beforeMs);
      for (const { id } of old) approvals.delete(id);
      return old.length;
    },
  };
}
