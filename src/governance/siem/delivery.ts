/**
 * One destination's loop: reads a page after its cursor, sends it, and moves the cursor once the destination has it.
 * One batch at a time, so a slow destination holds up nothing but itself, and nothing waits in memory.
 */
import type { Clock } from '../../base/clock.ts';
import { withDeadline } from '../../base/deadline.ts';
import { sleep } from '../../base/sleep.ts';
import { backlogOf, newestPosition, NO_BACKLOG, type RecordSource } from './backlog.ts';
import { MAX_REJECTED_POSITIONS, type Cursor, type Cursors, type Turn } from './cursors.ts';
import type { PositionedEntry, Product } from './exported-entry.ts';
import { toItem, type FormatName } from './format.ts';
import { reasonOf, safeReason } from './reason.ts';
import { sendBatch } from './send-batch.ts';
import { SinkError, type ExportItem, type Rejection, type Sink } from './sink.ts';
import { createSinkSession } from './sink-session.ts';

export interface Destination {
  readonly name: string;
  readonly format: FormatName;
  readonly from: 'now' | 'beginning';
  /** Entries that are sent together. */
  readonly batch: number;
  readonly timeoutMs: number;
  /** A destination whose settings have changed begins anew, where it stopped. */
  readonly settings: string;
  open(): Promise<Sink>;
}

/** What the outside is told: numbers, names and codes. */
export interface SiemObserver {
  sent(destination: string, count: number): void;
  rejected(destination: string, rejection: Rejection): void;
  failed(destination: string, reason: string, failures: number): void;
  behind(destination: string, entries: number, ageMs: number): void;
}

/** Waits, in milliseconds. Tests shorten them. */
export interface Pace {
  /** Between looks at a record that has nothing new. */
  readonly idleMs: number;
  readonly firstRetryMs: number;
  readonly longestRetryMs: number;
  /** For a turn, beyond the longest that a batch may take. */
  readonly leaseMs: number;
}

export interface DeliveryMeans {
  readonly source: RecordSource;
  readonly cursors: Cursors;
  readonly clock: Clock;
  readonly observer: SiemObserver;
  readonly product: Product;
  /** Names this process among those that may send; the same again after a restart. */
  readonly holder: string;
  readonly pace: Pace;
  readonly random: () => number;
}

const STORE_TIMEOUT_MS = 10_000;

export interface Delivery {
  /** Lets the batch under way end within the deadline. Never rejects. */
  stop(deadlineMs: number): Promise<void>;
}

interface Held {
  readonly turn: Turn;
  cursor: Cursor;
  untilMs: number;
}

export function startDelivery(destination: Destination, means: DeliveryMeans): Delivery {
  const { name, batch, timeoutMs } = destination;
  const { source, cursors, clock, observer, pace } = means;
  const stopping = new AbortController();
  const hurry = new AbortController();
  const session = createSinkSession(() => destination.open(), timeoutMs, hurry.signal);
  const leaseMs = timeoutMs + pace.leaseMs;
  let held: Held | undefined;

  async function take(): Promise<Held | undefined> {
    const known = await stored(cursors.read(name));
    const start = known || destination.from === 'beginning' ? 0 : await stored(newestPosition(source));
    const nowMs = clock.now();
    const taken = await stored(cursors.take(name, means.holder, { nowMs, untilMs: nowMs + leaseMs }, start));
    return taken && { ...taken, untilMs: nowMs + leaseMs };
  }

  /** False where the turn is lost: the cursor is read again then. */
  async function save(mine: Held, cursor: Cursor): Promise<boolean> {
    const untilMs = clock.now() + leaseMs;
    if (await stored(cursors.save(mine.turn, cursor, untilMs))) {
      mine.cursor = cursor;
      mine.untilMs = untilMs;
      return true;
    }
    held = undefined;
    return false;
  }

  /** Parts of a batch are sent one by one, each with its own deadline. */
  async function send(mine: Held, part: readonly ExportItem[]): Promise<readonly Rejection[]> {
    if (hurry.signal.aborted) throw new SinkError('stopped');
    if (mine.untilMs - clock.now() < timeoutMs && !(await save(mine, mine.cursor)))
      throw new SinkError('turn_lost');
    return session.send(part);
  }

  /** Resolves to how long to wait before the next step. */
  async function step(): Promise<number> {
    held ??= await take();
    if (!held) return pace.idleMs;
    const mine = held;
    const page = readPage(
      await stored(source.read({ after: mine.cursor.position, limit: batch })),
      mine,
      batch,
    );
    const last = page.at(-1);
    if (last === undefined) {
      observer.behind(name, NO_BACKLOG.entries, NO_BACKLOG.ageMs);
      if (mine.untilMs - clock.now() < leaseMs - pace.leaseMs / 3) await save(mine, mine.cursor);
      return pace.idleMs;
    }
    const { items, rejections: unfit } = itemsOf(page, destination.format, means.product);
    const rejections = [...unfit, ...(await sendBatch(items, (part) => send(mine, part)))];
    if (!(await save(mine, movedOn(mine.cursor, last.position, page.length, rejections, clock.now()))))
      return 0;
    observer.sent(name, page.length - rejections.length);
    for (const { position, reason } of rejections)
      observer.rejected(name, { position, reason: safeReason(reason) });
    if (page.length === batch) await tellBacklog(mine.cursor.position);
    return page.length === batch ? 0 : pace.idleMs;
  }

  async function tellBacklog(position: number): Promise<void> {
    const { entries, ageMs } = await stored(backlogOf(source, position, clock.now()));
    observer.behind(name, entries, ageMs);
  }

  /** The reason is kept beside the cursor, where that can be done: other processes ask for it there. */
  async function failed(error: unknown, failures: number): Promise<void> {
    const reason = reasonOf(error);
    observer.failed(name, reason, failures);
    if (!held) return;
    const { cursor } = held;
    const failure = { reason, sinceMs: cursor.failure?.sinceMs ?? clock.now() };
    await save(held, { ...cursor, failure });
    await tellBacklog(cursor.position);
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      let waitMs: number;
      try {
        waitMs = await step();
        failures = 0;
      } catch (error) {
        failures++;
        waitMs = retryMs(failures, means);
        if (stopping.signal.aborted) break;
        await failed(error, failures).catch((second: unknown) =>
          observer.failed(name, reasonOf(second), failures),
        );
      }
      await sleep(waitMs, stopping.signal);
    }
    await session.close();
    if (held) await Promise.allSettled([stored(cursors.release(held.turn))]);
  }

  const running = run();
  return {
    async stop(deadlineMs) {
      stopping.abort();
      const timer = setTimeout(() => hurry.abort(), deadlineMs);
      await running;
      clearTimeout(timer);
    },
  };
}

function stored<T>(work: Promise<T>): Promise<T> {
  return withDeadline(work, STORE_TIMEOUT_MS, 'the store');
}

/** @throws SinkError where what was read is not what was asked for: a cursor never moves on such a word */
function readPage(
  { entries }: { readonly entries: readonly PositionedEntry[] },
  { cursor }: Held,
  limit: number,
): readonly PositionedEntry[] {
  let after = cursor.position;
  for (const { position } of entries) {
    if (!Number.isSafeInteger(position) || position <= after) throw new SinkError('record_out_of_order');
    after = position;
  }
  if (entries.length > limit) throw new SinkError('record_out_of_order');
  return entries;
}

/** An entry that cannot be written in the format is passed like one that the destination rejects. */
function itemsOf(page: readonly PositionedEntry[], format: FormatName, product: Product) {
  const items: ExportItem[] = [];
  const rejections: Rejection[] = [];
  for (const recorded of page) {
    try {
      items.push(toItem(format, recorded, product));
    } catch (error) {
      rejections.push({ position: recorded.position, reason: `unfit_${reasonOf(error)}` });
    }
  }
  return { items, rejections };
}

function movedOn(
  cursor: Cursor,
  position: number,
  count: number,
  rejections: readonly Rejection[],
  nowMs: number,
): Cursor {
  const taken = count - rejections.length;
  return {
    position,
    sent: cursor.sent + taken,
    rejected: cursor.rejected + rejections.length,
    rejectedPositions: [
      ...cursor.rejectedPositions,
      ...rejections.map((rejection) => rejection.position),
    ].slice(-MAX_REJECTED_POSITIONS),
    deliveredAtMs: taken > 0 ? nowMs : cursor.deliveredAtMs,
    failure: null,
  };
}

/** Exponential, of which at least half: a destination that comes back is not met by all at once. */
function retryMs(failures: number, { pace, random }: DeliveryMeans): number {
  const longest = Math.min(pace.longestRetryMs, pace.firstRetryMs * 2 ** Math.min(failures - 1, 20));
  return longest * (0.5 + random() / 2);
}
