/**
 * Limit counters in a file of their own: exact across processes, and they outlive them.
 *
 * The reservations of one tick share one transaction, each of them decided in its turn. Commits are not waited for on
 * the disk (`synchronous = NORMAL`): a power cut may give back the last moment's reservations, which no longer run.
 */
import type { Charge, LimitStore, Reservation } from '../../modules/limits/store.ts';
import { openConnection, type SqliteConnection } from './connection.ts';
import { createCounters } from './limit-counters.ts';

const BUSY_TIMEOUT_MS = 500;
const SWEEP_EVERY_MS = 10_000;
/** How long a settlement may wait for a reservation to go along with. */
const PATIENCE_MS = 5;

interface Task {
  run(): void;
  /** After the commit. */
  done(): void;
  failed(error: Error): void;
}

export function openSqliteLimitStore(file: string): LimitStore {
  const connection = openConnection({ file }, 'NORMAL', BUSY_TIMEOUT_MS);
  // Few pages that change often: a checkpoint costs the same however many commits it covers.
  connection.pragma('wal_autocheckpoint = 8000');
  const counters = createCounters(connection);
  let tasks: Task[] = [];
  let isSoon = false;
  let timer: NodeJS.Timeout | undefined;
  let sweptAtMs = 0;

  const runAll = connection.transaction((batch: readonly Task[]) => {
    for (const task of batch) task.run();
  });

  /** A reservation is waited for; what is settled goes along with the next one, ahead of it. */
  function soon(): void {
    if (isSoon) return;
    isSoon = true;
    setImmediate(flush);
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    isSoon = false;
    const batch = tasks;
    tasks = [];
    try {
      runAll.immediate(batch);
    } catch (cause) {
      const error = new Error('the limit counters could not be changed', { cause });
      for (const task of batch) task.failed(error);
      return;
    }
    for (const task of batch) task.done();
  }

  function inTransaction<T>(isUrgent: boolean, work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      let result: T;
      if (isUrgent) soon();
      else timer ??= setTimeout(flush, PATIENCE_MS);
      tasks.push({
        run: () => {
          result = work();
        },
        done: () => resolve(result),
        failed: reject,
      });
    });
  }

  return {
    reserve: (leaseId, charges, nowMs) =>
      inTransaction(true, () => {
        if (Math.abs(nowMs - sweptAtMs) >= SWEEP_EVERY_MS) {
          sweptAtMs = nowMs;
          counters.sweep(nowMs);
        }
        return reserve(counters, leaseId, charges, nowMs);
      }),
    settle: (leaseId, corrections) =>
      inTransaction(false, () => {
        for (const { charge, difference } of corrections) {
          if (charge.kind === 'concurrency') counters.release(charge.key, leaseId);
          else if (difference !== 0) counters.correct(charge, difference);
        }
      }),
    usage: async (charges, nowMs) => charges.map((charge) => counters.used(charge, nowMs)),
    close: () => closeAfter(connection, () => tasks.length > 0),
  };
}

type Counters = ReturnType<typeof createCounters>;

function reserve(
  counters: Counters,
  leaseId: string,
  charges: readonly Charge[],
  nowMs: number,
): Reservation {
  const used = charges.map((charge) => counters.used(charge, nowMs));
  const refusedBy = charges.findIndex(
    (charge, index) => charge.amount > 0 && (used[index] ?? 0) + charge.amount > charge.capacity,
  );
  if (refusedBy >= 0) return { admitted: false, used, refusedBy };
  for (const charge of charges) counters.take(charge, leaseId);
  return {
    admitted: true,
    used: used.map((amount, index) => amount + (charges[index]?.amount ?? 0)),
    refusedBy,
  };
}

async function closeAfter(connection: SqliteConnection, hasTasks: () => boolean): Promise<void> {
  while (hasTasks()) await new Promise((resolve) => setImmediate(resolve));
  connection.close();
}
