/** What every place to keep things opens to: one store for each port. */
import type { AdministratorStore } from '../../governance/administrators/store.ts';
import type { ApprovalStore } from '../../governance/approvals/store.ts';
import type { ContestStore } from '../../governance/contests/store.ts';
import type { ConfigurationStore } from '../../governance/configuration/store.ts';
import type { IdempotencyStore } from '../../governance/idempotency/store.ts';
import type { DirectoryStore } from '../../governance/provisioning/store.ts';
import type { SecretStore } from '../../governance/secrets/store.ts';
import type { Cursors } from '../../governance/siem/cursors.ts';
import type { HoldStore, RetentionStore } from '../../governance/retention/store.ts';
import type { SubjectStore } from '../../governance/subjects/store.ts';
import type { KeyStore } from '../../modules/audit/keys.ts';
import type { AuditStore, LogStore, WrappedKeyStore } from '../../modules/audit/store.ts';
import type { CredentialStore } from '../../modules/identity/store.ts';
import type { LimitStore } from '../../modules/limits/store.ts';
import type { UsageStore } from '../../modules/metering/store.ts';

export interface Stores {
  readonly credentials: CredentialStore;
  readonly configurations: ConfigurationStore;
  readonly secrets: SecretStore;
  readonly audit: AuditStore;
  readonly log: LogStore;
  readonly keys: KeyStore;
  readonly wrappedKeys: WrappedKeyStore;
  readonly subjects: SubjectStore;
  readonly holds: HoldStore;
  readonly retention: RetentionStore;
  readonly usage: UsageStore;
  readonly approvals: ApprovalStore;
  readonly contests: ContestStore;
  readonly directory: DirectoryStore;
  readonly idempotency: IdempotencyStore;
  readonly siemCursors: Cursors;
  readonly administrators: AdministratorStore;
  /** Absent where the backend is too slow for it: PostgreSQL's limits are kept in Redis, or in memory. */
  readonly limits?: LimitStore;
  /** Waits for what was appended, then lets go of files and connections. */
  close(): Promise<void>;
}
