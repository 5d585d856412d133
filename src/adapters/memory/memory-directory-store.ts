/** What a directory has told, in memory. */
import type {
  DirectoryKind,
  DirectoryStore,
  StoredDirectoryEntry,
} from '../../governance/provisioning/store.ts';

export function createMemoryDirectoryStore(): DirectoryStore {
  const entries = new Map<string, StoredDirectoryEntry>();
  const of = (kind: DirectoryKind) => [...entries.values()].filter((each) => each.kind === kind);
  return {
    async add(entry) {
      if (of(entry.kind).some(({ name }) => name === entry.name)) return false;
      entries.set(entry.id, entry);
      return true;
    },
    find: async (kind, id) => of(kind).find((each) => each.id === id),
    list: async (kind) => of(kind),
    async change(entry) {
      if (entries.get(entry.id)?.version !== entry.version - 1) return false;
      entries.set(entry.id, entry);
      return true;
    },
    async remove(kind, id, version) {
      const found = entries.get(id);
      return found?.kind === kind && found.version === version && entries.delete(id);
    },
  };
}
