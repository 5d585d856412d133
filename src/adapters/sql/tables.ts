/** The tables of the state, as both SQL databases have them. Times are milliseconds since the epoch. */
import type { Generated } from 'kysely';

export interface Tables {
  readonly credentials: CredentialsTable;
  readonly configurations: ConfigurationsTable;
  readonly secrets: SecretsTable;
  readonly usage_hours: UsageHoursTable;
  readonly usage_batches: { batch_id: string; at_ms: number };
  readonly audit: AuditTable;
  /** The last number that each instance gave out. */
  readonly audit_instances: { instance: string; last_sequence: number };
  /** Interactions whose answer is being released: an `interaction_end` takes them out again. */
  readonly audit_open: { instance: string; id: string };
  /** Counts the changes of each kind, so that a replica sees that it missed one. */
  readonly revisions: { kind: string; revision: number };
}

interface CredentialsTable {
  id: string;
  hash: string;
  hint: string;
  application_id: string;
  principal_kind: string;
  principal_id: string;
  /** JSON array. */
  scopes: string;
  created_at_ms: number;
  expires_at_ms: number | null;
  revoked_at_ms: number | null;
  replaced_by: string | null;
}

interface ConfigurationsTable {
  version: number;
  digest: string;
  tree: string;
  at_ms: number;
  actor: string;
}

interface SecretsTable {
  name: string;
  sealed: string;
  master_key_id: string;
  updated_at_ms: number;
}

export interface UsageHoursTable {
  hour_ms: number;
  principal: string;
  application: string;
  model: string;
  provider: string;
  provider_model: string;
  requests: number;
  refused: number;
  input_tokens: number;
  output_tokens: number;
  cached_input_tokens: number;
  cost_micros: number;
}

interface AuditTable {
  position: Generated<number>;
  instance: string;
  sequence: number;
  kind: string;
  id: string;
  at_ms: number;
  /** The entry as JSON text, byte for byte as it was committed. */
  entry: string;
}
