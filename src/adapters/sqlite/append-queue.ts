/** Entries on their way to the writer thread: collected while a commit is under way, sent together, settled in their order. */
import type { Receipt } from '../../domain/record.ts';
import type { NewEntry } from '../../modules/audit/store.ts';
import type { AppendedExtra, AppendMessage } from './writer-messages.ts';

interface Waiting {
  readonly entry: NewEntry;
  readonly resolve: (receipt: Receipt) => void;
  readonly reject: (error: Error) => void;
}

export interface AppendQueue {
  append(entry: NewEntry): Promise<Receipt>;
  /** What was sent is committed, its entries numbered from these. */
  commit(firstSequence: number, firstIndex: number): void;
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
  let sent: readonly Waiting[] = [];
  let collecting: Waiting[] = [];
  let whenDrained: (() => void) | null = null;

  function flush(): void {
    if (sent.length > 0 || collecting.length === 0) return;
    sent = collecting.splice(0, MAX_ENTRIES_PER_COMMIT);
    try {
      post(messageOf(sent));
    } catch (cause) {
      fail(new Error('the audit log cannot be written at present', { cause }));
    }
  }

  function settled(): void {
    flush();
    if (sent.length === 0) whenDrained?.();
  }

  function fail(error: Error): void {
    const waiters = [...sent, ...collecting];
    sent = [];
    collecting = [];
    for (const { reject } of waiters) reject(error);
    settled();
  }

  return {
    append(entry) {
      const waiting = sent.length + collecting.length;
      if (waiting >= maxWaiting) return Promise.reject(new Error(`${waiting} entries are waiting already`));
      return new Promise((resolve, reject) => {
        // What else this tick appends goes along.
        if (waiting === 0) setImmediate(flush);
        collecting.push({ entry, resolve, reject });
      });
    },
    commit(firstSequence, firstIndex) {
      const waiters = sent;
      sent = [];
      for (const [at, { resolve }] of waiters.entries())
        resolve({ instance, sequence: firstSequence + at, index: firstIndex + at });
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

function messageOf(waiting: readonly Waiting[]): AppendMessage {
  const entries = waiting.map(({ entry }) => entry);
  return {
    kind: 'append',
    kinds: entries.map(({ kind }) => kind),
    ids: entries.map(({ id }) => id),
    times: entries.map(({ at }) => at),
    marks: entries.map(({ mark }) => mark),
    bodies: entries.map(({ body }) => body),
    identities: entries.map(({ identity }) => identity?.id ?? null),
    extras: entries.flatMap(extrasOf),
  };
}

function extrasOf({ identity, content, subjects, vault }: NewEntry, at: number): readonly AppendedExtra[] {
  if (identity?.text === undefined && content === undefined && subjects.length === 0) return [];
  return [
    {
      at,
      subjects,
      ...(identity?.text && { identity }),
      ...(content && { content }),
      ...(vault && { vault }),
    },
  ];
}
