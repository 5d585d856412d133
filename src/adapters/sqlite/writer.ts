/** The main thread's side of the writer thread: what is handed over, and what becomes of it if the thread dies. */
import { Worker } from 'node:worker_threads';
import { unreachable } from '../../base/exhaustive.ts';
import type { Receipt } from '../../domain/record.ts';
import type { NewEntry, StoredCheckpoint, Tree } from '../../modules/audit/store.ts';
import type { UsageHoursTable } from '../sql/tables.ts';
import { createAppendQueue } from './append-queue.ts';
import { threadFile } from './thread-file.ts';
import type { FromWriter, ToWriter, WriterSettings } from './writer-messages.ts';

export interface Writer {
  append(entry: NewEntry): Promise<Receipt>;
  /** Takes up to as many leaves into the tree. */
  integrate(maxLeaves: number): Promise<Tree>;
  publish(checkpoint: StoredCheckpoint): Promise<void>;
  addUsage(batchId: string, atMs: number, rows: readonly UsageHoursTable[]): Promise<void>;
  /** Waits for what was handed over. */
  close(): Promise<void>;
}

/** @throws where the thread cannot open the database. `maxWaiting`: entries that may wait before appends are refused. */
export async function startWriter(settings: WriterSettings, maxWaiting: number): Promise<Writer> {
  const usage = createWaiters<string, void>('usage was not written');
  const answers = createWaiters<number, Tree | null>('the tree was not written');
  let request = 0;
  let onClosed: () => void = () => undefined;
  let closing: Promise<void> | null = null;

  const thread = createThread(settings, { receive, died });
  const queue = createAppendQueue(settings.instance, maxWaiting, thread.post);

  function receive(message: FromWriter): void {
    switch (message.kind) {
      case 'ready':
        return;
      case 'committed':
        return queue.commit(message.firstSequence, message.firstIndex);
      case 'failed':
        return queue.fail(new Error(`the audit log was not written: ${message.message}`));
      case 'usage_added':
        return usage.settle(message.batchId, message.error, undefined);
      case 'answered':
        return answers.settle(message.request, message.error, message.tree);
      case 'closed':
        return onClosed();
      default:
        return unreachable(message);
    }
  }

  function died(cause: unknown): void {
    const error = new Error('the writer thread ended', { cause });
    queue.fail(error);
    usage.failAll(error);
    answers.failAll(error);
    onClosed();
  }

  function asked(message: (number: number) => ToWriter): Promise<Tree | null> {
    const number = ++request;
    return answers.wait(number, () => {
      if (closing) throw new Error('the audit log is closed');
      thread.post(message(number));
    });
  }

  async function close(): Promise<void> {
    await queue.drained();
    await new Promise<void>((resolve) => {
      onClosed = resolve;
      if (!thread.isRunning()) return resolve();
      thread.post({ kind: 'close' });
    });
    await thread.terminate();
  }

  await thread.started;
  return {
    append: (entry) => (closing ? Promise.reject(new Error('the audit log is closed')) : queue.append(entry)),
    async integrate(maxLeaves) {
      const tree = await asked((number) => ({ kind: 'integrate', request: number, maxLeaves }));
      if (tree === null) throw new Error('the writer thread gave no tree');
      return tree;
    },
    async publish(checkpoint) {
      await asked((number) => ({ kind: 'publish', request: number, checkpoint }));
    },
    addUsage: (batchId, atMs, rows) =>
      usage.wait(batchId, () => {
        if (closing) throw new Error('the database is closed');
        thread.post({ kind: 'usage', batchId, atMs, rows });
      }),
    close: () => (closing ??= close()),
  };
}

/** Who waits for an answer of the thread, by what they asked. */
function createWaiters<Key, Answer>(failure: string) {
  const waiters = new Map<Key, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  return {
    wait: (key: Key, send: () => void) =>
      new Promise<Answer>((resolve, reject) => {
        send();
        waiters.set(key, { resolve, reject });
      }),
    settle(key: Key, error: string | null, answer: Answer): void {
      const waiter = waiters.get(key);
      waiters.delete(key);
      if (error === null) waiter?.resolve(answer);
      else waiter?.reject(new Error(`${failure}: ${error}`));
    },
    failAll(error: Error): void {
      for (const { reject } of waiters.values()) reject(error);
      waiters.clear();
    },
  };
}

/** A thread that died is started again for the next message, but not more often than this. */
const RESTART_EVERY_MS = 1_000;

interface ThreadEvents {
  receive(message: FromWriter): void;
  died(cause: unknown): void;
}

function createThread(settings: WriterSettings, { receive, died }: ThreadEvents) {
  let startedAtMs = 0;
  let worker: Worker | null = start();
  const started = hasStarted(worker);

  function start(): Worker {
    startedAtMs = performance.now();
    const starting = new Worker(threadFile('writer-thread'), { workerData: settings });
    const ended = (cause: unknown) => {
      if (worker !== starting) return;
      worker = null;
      died(cause);
    };
    return starting.on('message', receive).on('error', ended).on('exit', ended);
  }

  return {
    /** Resolves when the first thread has opened the database. */
    started,
    isRunning: () => worker !== null,
    /** @throws where the thread has died only just now */
    post(message: ToWriter): void {
      if (worker === null && performance.now() - startedAtMs < RESTART_EVERY_MS) {
        throw new Error('the writer thread is not running');
      }
      worker ??= start();
      worker.postMessage(message);
    },
    async terminate(): Promise<void> {
      const ending = worker;
      worker = null;
      await ending?.terminate();
    },
  };
}

function hasStarted(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('the writer thread ended at its start')));
  });
}
