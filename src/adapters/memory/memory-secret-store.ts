/** Sealed secrets in memory. */
import type { SecretStore, StoredSecret } from '../../governance/secrets/store.ts';
import { createChangeListeners } from '../sql/change-listeners.ts';

export function createMemorySecretStore(): SecretStore {
  const byName = new Map<string, StoredSecret>();
  const changes = createChangeListeners();
  return {
    async get(name) {
      return byName.get(name);
    },
    async put(secret) {
      byName.set(secret.name, secret);
      changes.notify();
    },
    async remove(name) {
      const removed = byName.delete(name);
      if (removed) changes.notify();
      return removed;
    },
    async list() {
      return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    onChange: changes.subscribe,
  };
}
