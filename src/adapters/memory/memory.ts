/** Stores in this process's memory: for tests and trials. Nothing survives the process, and nothing is shared. */
import type { Stores } from '../sql/stores.ts';
import { createMemoryAdministratorStore } from './memory-administrator-store.ts';
import { createMemoryAudit } from './memory-audit-store.ts';
import { createMemoryConfigurationStore } from './memory-configuration-store.ts';
import { createMemoryCredentialStore } from './memory-credential-store.ts';
import { createMemoryHoldStore } from './memory-hold-store.ts';
import { createMemoryIdempotencyStore } from './memory-idempotency-store.ts';
import { createMemoryKeyStore } from './memory-key-store.ts';
import { createMemoryLimitStore } from './memory-limit-store.ts';
import { createMemoryRetentionStore } from './memory-retention-store.ts';
import { createMemorySecretStore } from './memory-secret-store.ts';
import { createMemorySiemCursors } from './memory-siem-cursors.ts';
import { createMemorySubjectStore } from './memory-subject-store.ts';
import { createMemoryWrappedKeys } from './memory-wrapped-keys.ts';
import { createMemoryUsageStore } from './memory-usage-store.ts';

export function openMemoryStores(options: { readonly instance?: string } = {}): Required<Stores> {
  const { entries, audit, log, integrated } = createMemoryAudit(options.instance ?? 'memory');
  return {
    credentials: createMemoryCredentialStore(),
    configurations: createMemoryConfigurationStore(),
    secrets: createMemorySecretStore(),
    audit,
    log,
    wrappedKeys: createMemoryWrappedKeys(entries),
    subjects: createMemorySubjectStore(entries),
    holds: createMemoryHoldStore(),
    idempotency: createMemoryIdempotencyStore(),
    retention: createMemoryRetentionStore(entries, integrated),
    keys: createMemoryKeyStore(),
    usage: createMemoryUsageStore(),
    siemCursors: createMemorySiemCursors(),
    administrators: createMemoryAdministratorStore(),
    limits: createMemoryLimitStore(),
    close: () => Promise.resolve(),
  };
}
