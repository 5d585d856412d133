/** Stores in this process's memory: for tests and trials. Nothing survives the process, and nothing is shared. */
import type { Stores } from '../sql/stores.ts';
import { createMemoryAudit } from './memory-audit-store.ts';
import { createMemoryConfigurationStore } from './memory-configuration-store.ts';
import { createMemoryCredentialStore } from './memory-credential-store.ts';
import { createMemoryKeyStore } from './memory-key-store.ts';
import { createMemoryLimitStore } from './memory-limit-store.ts';
import { createMemorySecretStore } from './memory-secret-store.ts';
import { createMemorySiemCursors } from './memory-siem-cursors.ts';
import { createMemoryUsageStore } from './memory-usage-store.ts';

export function openMemoryStores(options: { readonly instance?: string } = {}): Required<Stores> {
  return {
    credentials: createMemoryCredentialStore(),
    configurations: createMemoryConfigurationStore(),
    secrets: createMemorySecretStore(),
    ...createMemoryAudit(options.instance ?? 'memory'),
    keys: createMemoryKeyStore(),
    usage: createMemoryUsageStore(),
    siemCursors: createMemorySiemCursors(),
    limits: createMemoryLimitStore(),
    close: () => Promise.resolve(),
  };
}
