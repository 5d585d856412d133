/** One database: filled by the follower's own code, then asked what the console's pages ask. */
import {
  createActivity,
  createActivityIndex,
  followOnce,
  startFollower,
} from '../../src/governance/activity/activity.ts';
import type { InteractionFilter } from '../../src/governance/activity/activity.ts';
import type { ActivitySource, ActivityStore, SpooledEntry } from '../../src/governance/activity/store.ts';
import { systemClock } from '../../src/base/clock.ts';
import { quantile } from '../figures.ts';
import { createRandom, spooledEntry } from './entries.ts';

export interface Timed {
  readonly what: string;
  readonly limitMs: number;
  readonly p50Ms: number;
  readonly worstMs: number;
}

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
const REPEATS = 5;
const PAGE_LIMIT_MS = 300;
const OVERVIEW_LIMIT_MS = 500;
const EVERYTHING = { kind: 'everything' } as const;
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
  let rows = 0;
  while (performance.now() - startedMs < wish.fillMs) {
    const step = await followOnce({ source, store, clock: systemClock, page: 5_000 });
    rows += step.taken;
    if (step.isCaughtUp) break;
  }
  const filledMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(cpu);
  console.error(`${name}: ${rows} rows in ${Math.round(filledMs / 1_000)} s`);
  const activity = createActivity({
    index: createActivityIndex({ store, source, clock: systemClock }),
    // Who it was is opened from the record, which is none here: see the page's method.
    record: { origin: 'bench', read: () => Promise.resolve({ entries: [] }) },
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
    rowsPerSecond: rows / (filledMs / 1_000),
    cpuMicroseconds: (user + system) / rows,
    bytesPerRow: perRow,
    timed,
    tail,
  };
}

type BenchActivity = ReturnType<typeof createActivity>;

const PAGES: readonly (readonly [string, InteractionFilter, string?])[] = [
  ['first page of everything', {}],
  ['everything, oldest first', {}, 'at'],
  ['everything, dearest first', {}, '-cost'],
  ['everything, slowest first', {}, '-latency'],
  ['application', { application: ['application-3'] }],
  ['principal', { principal: 'sub_00000000000000000000000000000031' }],
  ['model', { model: ['claude-5'] }],
  ['provider', { provider: ['openai'] }],
  ['outcome: answered', { outcome: ['answered'] }],
  ['outcome: failed', { outcome: ['failed'] }],
  ['outcome: refused or failed', { outcome: ['refused', 'failed'] }],
  ['action', { action: ['redact', 'mask', 'pseudonymize'] }],
  ['refusal code', { refusal: ['content_policy_violation'] }],
  ['guardrail', { guardrail: ['secrets'] }],
  ['kind of finding', { finding: ['CREDIT_CARD'] }],
  ['policy', { policy: ['contractors'] }],
  ['event', { event: ['stand_in_invented'] }],
  ['streamed', { stream: 'true' }],
  ['not streamed', { stream: 'false' }],
  ['text: part of a name', { text: 'haiku' }],
  ['text: in nothing', { text: 'zzzz' }],
  [
    'text: beginning of an id',
    { text: `req_${(Date.now() - 10 * DAY_MS).toString(16).padStart(12, '0').slice(0, 8)}` },
  ],
  ['at least 3.9 s', { minTotalMs: 3_900 }],
  ['at least an hour: none', { minTotalMs: 3_600_000 }],
  [
    'one hour, ten days ago',
    { fromMs: Date.now() - 10 * DAY_MS, toMs: Date.now() - 10 * DAY_MS + 3_600_000 },
  ],
  ['refused of one application', { application: ['application-3'], outcome: ['refused'] }],
  ['failed, dearest first', { outcome: ['failed'] }, '-cost'],
  ['answered, slowest first', { outcome: ['answered'] }, '-latency'],
];

async function timedQueries(activity: BenchActivity): Promise<readonly Timed[]> {
  const timed: Timed[] = [];
  for (const [what, filter, sort = '-at'] of PAGES)
    timed.push(
      await time(what, PAGE_LIMIT_MS, () => activity.list({ filter, reach: EVERYTHING, sort, limit: 50 })),
    );
  for (const window of ['1h', '24h', '7d', '30d'] as const)
    for (const application of [undefined, 'application-3'])
      timed.push(
        await time(
          `Overview, ${window}${application === undefined ? '' : ', one application'}`,
          OVERVIEW_LIMIT_MS,
          // A second alone differs: what was answered just now is not answered again.
          (round) => activity.overview({ window, application, reach: EVERYTHING, toMs: Date.now() + round }),
        ),
      );
  return timed;
}

async function time(
  what: string,
  limitMs: number,
  work: (round: number) => Promise<unknown>,
): Promise<Timed> {
  const times: number[] = [];
  for (let round = 0; round < REPEATS; round++) {
    const before = performance.now();
    await work(round);
    times.push(performance.now() - before);
  }
  return { what, limitMs, p50Ms: quantile(times, 0.5), worstMs: Math.max(...times) };
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
