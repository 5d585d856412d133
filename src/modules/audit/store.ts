/** The port behind the audit room: an append-only log that is durable when it says so. */
import type { AuditEntry, Receipt, RecordedEntry } from '../../domain/record.ts';

export interface AuditQuery {
  /** Entries of this instance alone. */
  readonly instance?: string;
  /** Entries with this `id`, whatever their kind. */
  readonly id?: string;
  /** Entries with `fromMs` ≤ `at` < `toMs`. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /**
   * Store order; continue after this position (before it, where descending). Ascending, nothing that is committed
   * later may get a position before one that was read.
   */
  readonly after?: number;
  readonly limit: number;
  /** Newest first. */
  readonly descending?: boolean;
}

export interface AuditPage {
  readonly entries: readonly (RecordedEntry & { readonly position: number })[];
}

/**
 * MUST number the entries of one instance from 1 without a gap, in the order of the calls. MUST NOT resolve an append
 * before the entry survives the death of the process and of the machine. Many appends SHOULD share one commit.
 * After a failed commit every waiting append MUST reject, and none of their numbers may be skipped.
 */
export interface AuditStore {
  append(entry: AuditEntry): Promise<Receipt>;
  read(query: AuditQuery): Promise<AuditPage>;
  /**
   * Ids of interactions that this instance recorded as `released` and no `interaction_end` followed: before the first
   * request is served, what a crash interrupted.
   */
  unfinished(): Promise<readonly string[]>;
  /** Waits for what was appended. */
  close(): Promise<void>;
}
