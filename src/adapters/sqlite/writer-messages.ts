/** What the main thread and the writer thread say to one another. */
import type { EntryMark } from '../sql/entry-mark.ts';
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
  readonly texts: readonly string[];
}

export interface UsageMessage {
  readonly kind: 'usage';
  readonly batchId: string;
  readonly atMs: number;
  readonly rows: readonly UsageHoursTable[];
}

export type ToWriter = AppendMessage | UsageMessage | { readonly kind: 'close' };

/** `committed` and `failed` answer the one `append` that is under way. */
export type FromWriter =
  | { readonly kind: 'ready' }
  | { readonly kind: 'committed'; readonly firstSequence: number }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'usage_added'; readonly batchId: string; readonly error: string | null }
  | { readonly kind: 'closed' };
