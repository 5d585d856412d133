/** Entries on their way to the writer thread: collected for one tick, sent together, settled in their order. */
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
  /** The oldest `batches` that were sent are committed, their entries numbered from `firstSequence`. */
  commit(batches: number, firstSequence: number): void;
  fail(batches: number, error: Error): void;
  failAll(error: Error): void;
}

/** `post` throws where nothing can be sent at present. */
export function createAppendQueue(
  instance: string,
  maxWaiting: number,
  post: (message: AppendMessage) => void,
): AppendQueue {
  const sent: Batch[] = [];
  let collecting = emptyBatch();
  let waiting = 0;

  function settle(batches: number, each: (waiter: Waiter, index: number) => void): void {
    let index = 0;
    for (const { waiters } of sent.splice(0, batches)) {
      waiting -= waiters.length;
      for (const waiter of waiters) each(waiter, index++);
    }
  }

  const fail = (batches: number, error: Error) => settle(batches, ({ reject }) => reject(error));

  function flush(): void {
    const { kinds, ids, times, marks, texts } = collecting;
    sent.push(collecting);
    collecting = emptyBatch();
    try {
      post({ kind: 'append', kinds, ids, times, marks, texts });
    } catch (cause) {
      // With no thread to answer nothing else can be waiting: this batch is the only one.
      fail(sent.length, new Error('the audit log cannot be written at present', { cause }));
    }
  }

  return {
    append(entry) {
      if (waiting >= maxWaiting) return Promise.reject(new Error(`${waiting} entries are waiting already`));
      return new Promise((resolve, reject) => {
        const text = JSON.stringify(entry);
        if (collecting.ids.length === 0) setImmediate(flush);
        waiting++;
        collecting.kinds.push(entry.kind);
        collecting.ids.push(entry.id);
        collecting.times.push(entry.at);
        collecting.marks.push(markOf(entry));
        collecting.texts.push(text);
        collecting.waiters.push({ resolve, reject });
      });
    },
    commit: (batches, firstSequence) =>
      settle(batches, ({ resolve }, index) => resolve({ instance, sequence: firstSequence + index })),
    fail,
    failAll: (error) => fail(sent.length, error),
  };
}

function emptyBatch(): Batch {
  return { kinds: [], ids: [], times: [], marks: [], texts: [], waiters: [] };
}
