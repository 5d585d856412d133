/** Stores in this process's memory: for tests and trials. Nothing survives the process, and nothing is shared. */
import type { StoredHold } from '../../governance/retention/store.ts';
import type { Stores } from '../sql/stores.ts';
import { createMemoryAdministratorStore } from './memory-administrator-store.ts';
import { createMemoryCaseStore } from './memory-case-store.ts';
import { createMemoryAudit } from './memory-audit-store.ts';
import { createMemoryConfigurationStore } from './memory-configuration-store.ts';
import { createMemoryCredentialStore } from './memory-credential-store.ts';
import { createMemoryDirectoryStore } from './memory-directory-store.ts';
import { createMemoryHoldStore } from './memory-hold-store.ts';
import { createMemoryIdempotencyStore } from './memory-idempotency-store.ts';
import { createMemoryKeyStore } from './memory-key-store.ts';
import { createMemoryLimitStore } from './memory-limit-store.ts';
import { createMemoryRetentionStore } from './memory-retention-store.ts';
import { createMemorySecretStore } from './memory-secret-store.ts';
import { createMemorySiemCursors } from './memory-siem-cursors.ts';
import { createMemorySubjectStore, type KeptErasure } from './memory-subject-store.ts';
import { createMemoryWrappedKeys } from './memory-wrapped-keys.ts';
import { createMemoryUsageStore } from './memory-usage-store.ts';

export function openMemoryStores(options: { readonly instance?: string } = {}): Required<Stores> {
  const { entries, audit, log, integrated } = createMemoryAudit(options.instance ?? 'memory');
  const holds = new Map<string, StoredHold>();
  const erasures = new Map<string, KeptErasure>();
  const isHeld = (known: readonly string[]) => [...holds.keys()].some((id) => !known.includes(id));
  const isErasing = (known: readonly string[]) =>
    [...erasures.values()].some(({ stored }) => stored.entry === undefined && !known.includes(stored.id));
  return {
    credentials: createMemoryCredentialStore(),
    configurations: createMemoryConfigurationStore(),
    secrets: createMemorySecretStore(),
    audit,
    log,
    wrappedKeys: createMemoryWrappedKeys(entries),
    subjects: createMemorySubjectStore(entries, erasures, isHeld),
    holds: createMemoryHoldStore(holds, isErasing),
    approvals: createMemoryCaseStore(),
    contests: createMemoryCaseStore(),
    directory: createMemoryDirectoryStore(),
    idempotency: createMemoryIdempotencyStore(),
    retention: createMemoryRetentionStore(entries, integrated, isHeld),
    keys: createMemoryKeyStore(),
    usage: createMemoryUsageStore(),
    siemCursors: createMemorySiemCursors(),
    administrators: createMemoryAdministratorStore(),
    limits: createMemoryLimitStore(),
    close: () => Promise.resolve(),
  };
}
