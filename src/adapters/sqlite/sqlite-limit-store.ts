/**
 * Limit counters in a file of their own: exact across processes, and they outlive them.
 *
 * The reservations of one tick share one transaction, each of them decided in its turn. Commits are not waited for on
 * the disk (`synchronous = NORMAL`): a power cut may give back the last moment's reservations, which no longer run.
 */
import { newId } from '../../base/ids.ts';
import type { Charge, LimitStore, Reservation } from '../../modules/limits/store.ts';
import { openConnection, type SqliteConnection } from './connection.ts';
import { createLimitLedger, type LimitLedger } from './limit-ledger.ts';

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
  const ledger = createLimitLedger(connection, newId('holder'));
  const tasks = createTasks(connection, ledger);
  let sweptAtMs = 0;
  return {
    reserve: (leaseId, charges, nowMs) =>
      tasks.add(true, () => {
        if (Math.abs(nowMs - sweptAtMs) >= SWEEP_EVERY_MS) {
          sweptAtMs = nowMs;
          ledger.sweep(nowMs);
        }
        return reserve(ledger, leaseId, charges, nowMs);
      }),
    settle: (leaseId, corrections) =>
      tasks.add(false, () => {
        for (const { charge, difference } of corrections) {
          if (charge.kind === 'concurrency') ledger.release(charge.key, leaseId);
          else if (difference !== 0) ledger.correct(charge, difference);
        }
      }),
    usage: (charges, nowMs) => tasks.add(true, () => charges.map((charge) => ledger.used(charge, nowMs))),
    async close() {
      while (tasks.isWaiting()) await new Promise((resolve) => setImmediate(resolve));
      connection.close();
    },
  };
}

interface Tasks {
  /** Runs in the next transaction: in this tick's where it is urgent, else with the next one that is. */
  add<T>(isUrgent: boolean, work: () => T): Promise<T>;
  isWaiting(): boolean;
}

function createTasks(connection: SqliteConnection, ledger: LimitLedger): Tasks {
  let tasks: Task[] = [];
  let isSoon = false;
  let timer: NodeJS.Timeout | undefined;

  const runAll = connection.transaction((batch: readonly Task[]) => {
    for (const task of batch) task.run();
    ledger.write();
  });

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    isSoon = false;
    const batch = tasks;
    tasks = [];
    try {
      runAll.immediate(batch);
    } catch (cause) {
      ledger.failed();
      const error = new Error('the limit counters could not be changed', { cause });
      for (const task of batch) task.failed(error);
      return;
    }
    ledger.committed();
    for (const task of batch) task.done();
  }

  return {
    add<T>(isUrgent: boolean, work: () => T): Promise<T> {
      return new Promise((resolve, reject) => {
        let result: T;
        if (!isUrgent) timer ??= setTimeout(flush, PATIENCE_MS);
        else if (!isSoon) {
          isSoon = true;
          setImmediate(flush);
        }
        tasks.push({
          run: () => {
            result = work();
          },
          done: () => resolve(result),
          failed: reject,
        });
      });
    },
    isWaiting: () => tasks.length > 0,
  };
}

function reserve(
  ledger: LimitLedger,
  leaseId: string,
  charges: readonly Charge[],
  nowMs: number,
): Reservation {
  const used = charges.map((charge) => ledger.used(charge, nowMs));
  const refusedBy = charges.findIndex(
    (charge, index) => charge.amount > 0 && (used[index] ?? 0) + charge.amount > charge.capacity,
  );
  if (refusedBy >= 0) return { admitted: false, used, refusedBy };
  for (const charge of charges) ledger.take(charge, leaseId);
  return {
    admitted: true,
    used: used.map((amount, index) => amount + (charges[index]?.amount ?? 0)),
    refusedBy,
  };
}
