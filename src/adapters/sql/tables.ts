/** The tables of the state, as both SQL databases have them. Times are milliseconds since the epoch. */
import type { AdministratorTables } from './administrator-tables.ts';

export interface Tables extends AdministratorTables {
  readonly credentials: CredentialsTable;
  readonly configurations: ConfigurationsTable;
  readonly secrets: SecretsTable;
  readonly usage_hours: UsageHoursTable;
  readonly usage_batches: { batch_id: string; at_ms: number };
  readonly audit: AuditTable;
  readonly audit_identities: AuditIdentitiesTable;
  /** Whom else entries are about. */
  readonly audit_subjects: { subject: string; leaf_index: number };
  readonly audit_content: AuditContentTable;
  /** What stood for what, under the key of whom it identifies. */
  readonly audit_vault: SealedColumns & { leaf_index: number; subject: string };
  /** `leaf_index` is where its entry stands, once all of it is done. */
  readonly erasures: { id: string; at_ms: number; basis: string; leaf_index: number | null };
  readonly erased_keys: { key_id: string; erasure: string };
  readonly erased_leaves: { erasure: string; leaf_index: number };
  readonly holds: HoldsTable;
  readonly approvals: CasesTable;
  /** Objections to refusals. */
  readonly contests: CasesTable;
  readonly directory: {
    kind: string;
    id: string;
    name: string;
    version: number;
    created_at_ms: number;
    modified_at_ms: number;
    /** JSON. */
    content: string;
  };
  /** `sealed` is null as long as there is no answer. */
  readonly idempotent_answers: { id: string; digest: string; at_ms: number; sealed: Uint8Array | null };
  /** One row: when the last purge began. */
  readonly retention_runs: { one: number; at_ms: number };
  readonly log_leaves: { leaf_index: number; leaf: string };
  /** 256 leaves each, as a bundle of C2SP tlog-tiles, compressed with Zstandard. */
  readonly log_bundles: { bundle_index: number; entries: Uint8Array };
  readonly log_tiles: { level: number; tile_index: number; hashes: Uint8Array };
  /** One row: how many leaves are numbered. */
  readonly log_counter: { one: number; sequenced: number };
  /** One row: what is integrated. */
  readonly log_tree: { one: number; size: number; root: Uint8Array };
  readonly log_checkpoints: { size: number; at_ms: number; note: string };
  /** Rotations of the log's signing key, each with the checkpoint that handed over to it. */
  readonly log_keys: {
    generation: number;
    entry: number;
    overlap_until_ms: number;
    size: number;
    at_ms: number;
    note: string;
  };
  /** The last number that each instance gave out. */
  readonly audit_instances: { instance: string; last_sequence: number };
  /** Interactions whose answer is being released: an `interaction_end` takes them out again. */
  readonly audit_open: { instance: string; id: string };
  readonly siem_cursors: SiemCursorsTable;
  /** Counts the changes of each kind, so that a replica sees that it missed one. */
  readonly revisions: { kind: string; revision: number };
}

interface CasesTable {
  id: string;
  interaction: string;
  at_ms: number;
  version: number;
  sealed: Uint8Array;
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

/** What entries are found by. Their leaves are in `log_leaves` until their bundle is full, then in `log_bundles`. */
interface AuditTable {
  leaf_index: number;
  instance: string;
  sequence: number;
  kind: string;
  id: string;
  at_ms: number;
  identity: string | null;
  erased_by: number | null;
}

interface HoldsTable {
  id: string;
  created_at_ms: number;
  application: string | null;
  from_ms: number | null;
  to_ms: number | null;
  sealed: Uint8Array;
}

interface SealedColumns {
  wrapped_key: Uint8Array;
  sealed: Uint8Array;
}

interface AuditIdentitiesTable extends SealedColumns {
  id: string;
  subject: string;
}

interface AuditContentTable extends SealedColumns {
  leaf_index: number;
  /** JSON array. */
  subjects: string;
}

export interface SiemCursorsTable {
  destination: string;
  position: number;
  sent: number;
  rejected: number;
  /** JSON array. */
  rejected_positions: string;
  delivered_at_ms: number | null;
  /** Why it fails at present. */
  failure: string | null;
  failing_since_ms: number | null;
  /** Grows with every rewind: whoever began before it saves nothing any more. */
  generation: number;
  /** Who may send until then; empty: nobody. */
  holder: string;
  lease_until_ms: number;
}
