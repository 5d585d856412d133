/** One database: filled by the follower's own code, then asked what the console's pages ask. */
import {
  createActivity,
  createActivityIndex,
  followOnce,
  startFollower,
} from '../../src/governance/activity/activity.ts';
import type { ActivitySource, ActivityStore, SpooledEntry } from '../../src/governance/activity/store.ts';
import { systemClock } from '../../src/base/clock.ts';
import { quantile } from '../figures.ts';
import { createRandom, spooledEntry } from './entries.ts';
import { EVERYTHING, timedQueries, type BenchActivity, type Timed } from './queries.ts';

export interface TailFigures {
  readonly perSecond: number;
  readonly appended: number;
  readonly delivered: number;
  readonly leftOut: number;
  readonly delayP50Ms: number;
  readonly delayWorstMs: number;
}

export interface Measured {
  readonly name: string;
  readonly rows: number;
  /** Of them, how many this run took in. */
  readonly taken: number;
  readonly rowsPerSecond: number;
  /** Of this process. */
  readonly cpuMicroseconds: number;
  readonly bytesPerRow: number;
  readonly timed: readonly Timed[];
  readonly tail: TailFigures;
}

export interface Wish {
  readonly rows: number;
  readonly fillMs: number;
  readonly tailMs: number;
}

const DAYS = 30;
const DAY_MS = 86_400_000;
const TAIL_PER_SECOND = 500;

/** A record that is made as it is read. */
function madeSource(wanted: number, startMs: number) {
  let rows = wanted;
  const random = createRandom(1);
  const stepMs = (DAYS * DAY_MS) / rows;
  const more: SpooledEntry[] = [];
  const source: ActivitySource = {
    async read(from, limit) {
      const count = Math.max(0, Math.min(limit, rows - from));
      const made = Array.from({ length: count }, (_, at) =>
        spooledEntry(from + at, Math.floor(startMs + (from + at) * stepMs), random),
      );
      const entries = [...made, ...more.filter(({ index }) => index >= from).slice(0, limit - made.length)];
      return { entries, end: (entries.at(-1)?.index ?? from - 1) + 1, isLast: entries.length < limit };
    },
    newest: async () => rows + more.length,
    principalAt: () => Promise.resolve(undefined),
  };
  return { ...source, more, stopAt: (count: number) => void (rows = count) };
}

export async function measure(
  name: string,
  store: ActivityStore,
  wish: Wish,
  bytes: () => Promise<number>,
): Promise<Measured> {
  const source = madeSource(wish.rows, Date.now() - DAYS * DAY_MS);
  const startedMs = performance.now();
  const cpu = process.cpuUsage();
  let taken = 0;
  while (performance.now() - startedMs < wish.fillMs) {
    const step = await followOnce({ source, store, clock: systemClock, page: 5_000 });
    taken += step.taken;
    if (step.isCaughtUp) break;
  }
  const filledMs = performance.now() - startedMs;
  const { position: rows } = await store.state();
  const { user, system } = process.cpuUsage(cpu);
  console.error(`${name}: ${taken} of ${rows} rows in ${Math.round(filledMs / 1_000)} s`);
  const activity = createActivity({
    index: createActivityIndex({ store, source, clock: systemClock }),
    // Who it was is opened from the record, which is none here: see the page's method.
    record: {
      origin: 'bench',
      read: () => Promise.resolve({ entries: [] }),
      beside: () => Promise.resolve(new Map()),
    },
    keysOf: async (identifier) => [{ id: identifier.replace('person:', '') }],
    providers: () => [],
    failure: () => undefined,
    clock: systemClock,
    timeoutMs: 60_000,
  });
  const timed = await timedQueries(activity);
  const perRow = (await bytes()) / rows;
  // The fill may have stopped before its end: what comes next comes next.
  source.stopAt(rows);
  const tail = await measureTail(activity, source, store, rows, wish.tailMs);
  return {
    name,
    rows,
    rowsPerSecond: taken / (filledMs / 1_000),
    taken,
    cpuMicroseconds: (user + system) / taken,
    bytesPerRow: perRow,
    timed,
    tail,
  };
}

/** Entries come at a steady pace, and somebody watches all of them. */
async function measureTail(
  activity: BenchActivity,
  source: ReturnType<typeof madeSource>,
  store: ActivityStore,
  first: number,
  forMs: number,
): Promise<TailFigures> {
  const end = new AbortController();
  const random = createRandom(2);
  const born = new Map<number, number>();
  const follower = startFollower({ source, store, clock: systemClock, onError: console.error });
  const batches = await activity.watch({}, EVERYTHING, end.signal);
  const delays: number[] = [];
  let leftOut = 0;
  const watching = (async () => {
    for await (const batch of batches) {
      leftOut += batch.leftOut;
      for (const { index } of batch.items) delays.push(performance.now() - (born.get(index) ?? Number.NaN));
    }
  })();
  const startedMs = performance.now();
  let appended = 0;
  while (performance.now() - startedMs < forMs) {
    const due = Math.floor(((performance.now() - startedMs) / 1_000) * TAIL_PER_SECOND);
    for (; appended < due; appended++) {
      born.set(first + appended, performance.now());
      source.more.push(spooledEntry(first + appended, Date.now(), random));
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  end.abort();
  await watching;
  await follower.stop();
  return {
    perSecond: TAIL_PER_SECOND,
    appended,
    delivered: delays.length,
    leftOut,
    delayP50Ms: quantile(delays, 0.5),
    delayWorstMs: Math.max(0, ...delays),
  };
}
