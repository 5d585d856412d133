/** Hands sums to the store at intervals: a batch that failed is handed over again, with its id, before any other. */
import { newId } from '../../base/ids.ts';
import type { HourlySums } from './hourly-sums.ts';
import type { UsageAmounts, UsageKey, UsageStore } from './store.ts';

export interface WriteBehind {
  /** Writes all there is, trying a few times; tells of what could not be written. */
  close(): Promise<void>;
}

interface Batch {
  readonly id: string;
  readonly rows: readonly (UsageKey & UsageAmounts)[];
}

export interface WriteBehindSettings {
  readonly sums: HourlySums;
  readonly store: UsageStore;
  readonly flushMs: number;
  readonly onError: (error: unknown) => void;
}

const ATTEMPTS_AT_CLOSE = 3;

export function createWriteBehind({ sums, store, flushMs, onError }: WriteBehindSettings): WriteBehind {
  let failed: Batch | null = null;
  let flushing: Promise<boolean> | null = null;

  async function write(batch: Batch): Promise<boolean> {
    try {
      await store.add(batch.rows, batch.id);
      failed = null;
      return true;
    } catch (error) {
      failed = batch;
      onError(error);
      return false;
    }
  }

  async function writeAll(): Promise<boolean> {
    if (failed !== null && !(await write(failed))) return false;
    return sums.size === 0 || write({ id: newId('usage'), rows: sums.take() });
  }

  /** One at a time: a flush that is under way is waited for, not overtaken. */
  function flush(): Promise<boolean> {
    flushing ??= writeAll().finally(() => {
      flushing = null;
    });
    return flushing;
  }

  const timer = setInterval(() => void flush(), flushMs);
  timer.unref();
  let closing: Promise<void> | null = null;

  async function close(): Promise<void> {
    clearInterval(timer);
    await flushing;
    for (let attempt = 1; attempt <= ATTEMPTS_AT_CLOSE; attempt++) if (await flush()) return;
  }

  return { close: () => (closing ??= close()) };
}
