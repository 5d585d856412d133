/** Entries on their way to the writer thread: collected while a commit is under way, sent together, settled in their order. */
import type { AuditEntry, Receipt } from '../../domain/record.ts';
import { type EntryMark, markOf } from '../sql/entry-mark.ts';
import type { AppendMessage } from './writer-messages.ts';

interface Batch {
  readonly kinds: string[];
  readonly ids: string[];
  readonly times: number[];
  readonly marks: EntryMark[];
  readonly texts: string[];
  readonly waiters: Waiter[];
}

interface Waiter {
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: Error) => void;
}

export interface AppendQueue {
  append(entry: AuditEntry): Promise<Receipt>;
  /** What was sent is committed, its entries numbered from `firstSequence`. */
  commit(firstSequence: number): void;
  /** What was sent is not written; what waits behind it is told no as well, rather than kept. */
  fail(error: Error): void;
  /** Resolves when nothing waits. */
  drained(): Promise<void>;
}

/** Past this, what waits goes into the next commit: nobody should wait for a whole backlog. */
const MAX_ENTRIES_PER_COMMIT = 2_000;

/**
 * One batch is under way at a time, and what arrives meanwhile is the next one: the slower the disk, the more entries
 * share a commit, and a message between the threads as well.
 * `post` throws where nothing can be sent at present.
 */
export function createAppendQueue(
  instance: string,
  maxWaiting: number,
  post: (message: AppendMessage) => void,
): AppendQueue {
  let sent: readonly Waiter[] = [];
  let collecting = emptyBatch();
  let whenDrained: (() => void) | null = null;

  function flush(): void {
    if (sent.length > 0 || collecting.ids.length === 0) return;
    const batch = collecting;
    collecting = emptyBatch();
    if (batch.ids.length > MAX_ENTRIES_PER_COMMIT) collecting = splitOff(batch, MAX_ENTRIES_PER_COMMIT);
    const { kinds, ids, times, marks, texts, waiters } = batch;
    sent = waiters;
    try {
      post({ kind: 'append', kinds, ids, times, marks, texts });
    } catch (cause) {
      fail(new Error('the audit log cannot be written at present', { cause }));
    }
  }

  function settled(): void {
    flush();
    if (sent.length === 0) whenDrained?.();
  }

  function fail(error: Error): void {
    const waiters = [...sent, ...collecting.waiters];
    sent = [];
    collecting = emptyBatch();
    for (const { reject } of waiters) reject(error);
    settled();
  }

  return {
    append(entry) {
      const waiting = sent.length + collecting.waiters.length;
      if (waiting >= maxWaiting) return Promise.reject(new Error(`${waiting} entries are waiting already`));
      return new Promise((resolve, reject) => {
        const text = JSON.stringify(entry);
        // What else this tick appends goes along.
        if (waiting === 0) setImmediate(flush);
        collecting.kinds.push(entry.kind);
        collecting.ids.push(entry.id);
        collecting.times.push(entry.at);
        collecting.marks.push(markOf(entry));
        collecting.texts.push(text);
        collecting.waiters.push({ resolve, reject });
      });
    },
    commit(firstSequence) {
      const waiters = sent;
      sent = [];
      for (const [index, { resolve }] of waiters.entries())
        resolve({ instance, sequence: firstSequence + index });
      // Those who were told go on first: what they append goes along.
      setImmediate(settled);
    },
    fail,
    drained: () =>
      new Promise((resolve) => {
        whenDrained = resolve;
        settled();
      }),
  };
}

/** Leaves the first `count` entries in the batch and gives the others. */
function splitOff(batch: Batch, count: number): Batch {
  return {
    kinds: batch.kinds.splice(count),
    ids: batch.ids.splice(count),
    times: batch.times.splice(count),
    marks: batch.marks.splice(count),
    texts: batch.texts.splice(count),
    waiters: batch.waiters.splice(count),
  };
}

function emptyBatch(): Batch {
  return { kinds: [], ids: [], times: [], marks: [], texts: [], waiters: [] };
}
