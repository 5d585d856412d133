/** What the main thread and the writer thread say to one another. */
import type { EntryMark, NewEntry, StoredCheckpoint, Tree } from '../../modules/audit/store.ts';
import type { UsageHoursTable } from '../sql/tables.ts';
import type { ConnectionSettings } from './connection.ts';

export interface WriterSettings extends ConnectionSettings {
  readonly instance: string;
}

/** The entries of one commit, a column each: the cheapest thing to send that still has types. */
export interface AppendMessage {
  readonly kind: 'append';
  readonly kinds: readonly string[];
  readonly ids: readonly string[];
  readonly times: readonly number[];
  readonly marks: readonly EntryMark[];
  readonly bodies: readonly string[];
  readonly identities: readonly (string | null)[];
  readonly extras: readonly AppendedExtra[];
}

/** What few entries bring: an identity that is new, content, further subjects. */
export interface AppendedExtra extends Pick<NewEntry, 'identity' | 'content' | 'subjects' | 'vault'> {
  /** The entry's place in the message. */
  readonly at: number;
}

export interface UsageMessage {
  readonly kind: 'usage';
  readonly batchId: string;
  readonly atMs: number;
  readonly rows: readonly UsageHoursTable[];
}

export interface IntegrateMessage {
  readonly kind: 'integrate';
  readonly request: number;
  readonly maxLeaves: number;
}

export interface PublishMessage {
  readonly kind: 'publish';
  readonly request: number;
  readonly checkpoint: StoredCheckpoint;
}

export type ToWriter =
  | AppendMessage
  | UsageMessage
  | IntegrateMessage
  | PublishMessage
  | { readonly kind: 'close' };

/** `committed` and `failed` answer the one `append` that is under way. */
export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'committed'; readonly firstSequence: number; readonly firstIndex: number }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'usage_added'; readonly batchId: string; readonly error: string | null }
  | {
      /** Answers an `integrate` with the tree, a `publish` with nothing. */
      readonly kind: 'answered';
      readonly request: number;
      readonly tree: Tree | null;
      readonly error: string | null;
    }
  | { readonly kind: 'closed' };
