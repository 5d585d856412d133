/** Versions of the configuration in memory. */
import type { ConfigurationStore, StoredConfiguration } from '../../governance/configuration/store.ts';
import { createChangeListeners } from '../sql/change-listeners.ts';

export function createMemoryConfigurationStore(): ConfigurationStore {
  const versions: StoredConfiguration[] = [];
  const changes = createChangeListeners();
  return {
    async current() {
      return versions.at(-1);
    },
    async version(version) {
      return versions.find((stored) => stored.version === version);
    },
    async list({ before = Infinity, limit }) {
      return versions
        .filter(({ version }) => version < before)
        .toReversed()
        .slice(0, limit)
        .map(({ version, digest, atMs, actor }) => ({ version, digest, atMs, actor }));
    },
    async put(next, expected) {
      if ((versions.at(-1)?.version ?? 0) !== expected) return false;
      versions.push({ ...next, version: expected + 1 });
      changes.notify();
      return true;
    },
    onChange: changes.subscribe,
  };
}
