/** New rows for those who watch: asked for once for all of them, and no faster than each takes them. */
import { sleep } from '../../base/sleep.ts';
import type { RecordedBeside } from '../../domain/record.ts';
import type { ActivityIndex } from './reading.ts';
import { openedIndexOf, shownRow, type ShownRow } from './shown-row.ts';
import type { ActivityRow, RowQuery } from './store.ts';

export interface Watched {
  readonly items: ShownRow[];
  readonly leftOut: number;
  readonly lagMs: number;
}

export interface WatchSettings {
  readonly index: ActivityIndex;
  readonly beside: (indexes: readonly number[]) => Promise<ReadonlyMap<number, RecordedBeside>>;
  readonly everyMs?: number;
  /** Rows in one batch. */
  readonly limit?: number;
}

export interface Watching {
  /** @throws where the index cannot be asked */
  watch(query: RowQuery, signal: AbortSignal): Promise<AsyncGenerator<Watched>>;
  readonly watchers: number;
}

interface Watcher {
  readonly query: RowQuery;
  rows: readonly ActivityRow[];
  leftOut: number;
  wake: () => void;
}

const EVERY_MS = 250;
const LIMIT = 50;
/** A sign that nothing is new. */
const QUIET_MS = 5_000;

export function createWatching({
  index,
  beside,
  everyMs = EVERY_MS,
  limit = LIMIT,
}: WatchSettings): Watching {
  const watchers = new Set<Watcher>();
  let position: number | undefined;
  let lagMs = 0;
  let isPolling = false;

  async function poll(): Promise<void> {
    if (isPolling) return;
    isPolling = true;
    try {
      while (watchers.size > 0) {
        await once().catch(() => undefined);
        await sleep(everyMs, new AbortController().signal);
      }
    } finally {
      isPolling = false;
      position = undefined;
    }
  }

  async function once(): Promise<void> {
    const asked = [...watchers];
    const tail = await index.tail({ from: position, filters: asked.map(({ query }) => query), limit });
    ({ position } = tail);
    for (const [at, watcher] of asked.entries()) {
      const match = tail.matches[at];
      if (match && match.rows.length > 0) add(watcher, match);
    }
    ({ lagMs } = await index.status());
  }

  /** Whoever is slow is given the newest, and told how many they missed. */
  function add(
    watcher: Watcher,
    match: { readonly rows: readonly ActivityRow[]; readonly leftOut: number },
  ): void {
    const rows = new Map([...watcher.rows, ...match.rows].map((row) => [row.index, row]));
    const all = [...rows.values()];
    watcher.rows = all.slice(-limit);
    watcher.leftOut += match.leftOut + all.length - watcher.rows.length;
    watcher.wake();
  }

  async function* batches(watcher: Watcher, signal: AbortSignal): AsyncGenerator<Watched> {
    try {
      yield { items: [], leftOut: 0, lagMs };
      while (!signal.aborted) {
        if (watcher.rows.length === 0) await wokenUp(watcher, signal);
        if (signal.aborted) return;
        const { rows, leftOut } = watcher;
        Object.assign(watcher, { rows: [], leftOut: 0 });
        const known = await beside(rows.map(openedIndexOf));
        yield { items: rows.map((row) => shownRow(row, known.get(openedIndexOf(row)))), leftOut, lagMs };
      }
    } finally {
      watchers.delete(watcher);
    }
  }

  return {
    get watchers() {
      return watchers.size;
    },
    async watch(query, signal) {
      ({ lagMs } = await index.status());
      position ??= (await index.tail({ from: undefined, filters: [], limit: 0 })).position;
      const watcher: Watcher = { query, rows: [], leftOut: 0, wake: () => undefined };
      watchers.add(watcher);
      signal.addEventListener('abort', () => watchers.delete(watcher), { once: true });
      void poll();
      return batches(watcher, signal);
    },
  };
}

function wokenUp(watcher: Watcher, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, QUIET_MS);
    watcher.wake = end;
    signal.addEventListener('abort', end);
  });
}
