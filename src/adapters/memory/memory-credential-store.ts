/** Credentials in memory. */
import type { CredentialStore, StoredCredential } from '../../modules/identity/store.ts';
import { createChangeListeners } from '../sql/change-listeners.ts';

export function createMemoryCredentialStore(): CredentialStore {
  const byId = new Map<string, StoredCredential>();
  const idByHash = new Map<string, string>();
  const changes = createChangeListeners();
  return {
    async byHash(hash) {
      const id = idByHash.get(hash);
      return id === undefined ? undefined : byId.get(id);
    },
    async byId(id) {
      return byId.get(id);
    },
    async list() {
      return [...byId.values()].sort((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1));
    },
    async add(credential) {
      if (byId.has(credential.id) || idByHash.has(credential.hash)) {
        throw new Error('there is such a credential already');
      }
      byId.set(credential.id, credential);
      idByHash.set(credential.hash, credential.id);
      changes.notify();
    },
    async update(id, change) {
      const credential = byId.get(id);
      if (!credential) return false;
      byId.set(id, { ...credential, ...change });
      changes.notify();
      return true;
    },
    onChange: changes.subscribe,
  };
}
