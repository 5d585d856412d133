/**
 * One destination's loop: reads a page after its cursor, sends it, and moves the cursor once the destination has it.
 * One batch at a time, so a slow destination holds up nothing but itself, and nothing waits in memory.
 */
import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Clock } from '../../base/clock.ts';
import { sleep } from '../../base/sleep.ts';
import { backlogOf, NO_BACKLOG, type RecordSource } from './backlog.ts';
import { MAX_REJECTED_POSITIONS, type Cursor, type Cursors } from './cursors.ts';
import type { PositionedEntry, Product } from './exported-entry.ts';
import { toItem, type FormatName } from './format.ts';
import { reasonOf, safeReason } from './reason.ts';
import { sendBatch } from './send-batch.ts';
import { SinkError, type ExportItem, type Rejection, type Sink } from './sink.ts';
import { createSinkSession, type SinkSession } from './sink-session.ts';
import { createTurnKeeper, stored, type TurnKeeper } from './turn-keeper.ts';

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
  /** So many entries were removed from the record before the destination took them. */
  lost(destination: string, count: number): void;
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

export interface Delivery {
  /** Lets the batch under way end within the deadline. Never rejects. */
  stop(deadlineMs: number): Promise<void>;
}

export function startDelivery(destination: Destination, means: DeliveryMeans): Delivery {
  const stopping = new AbortController();
  const hurry = new AbortController();
  const running = run(destination, means, stopping.signal, hurry.signal);
  return {
    async stop(deadlineMs) {
      stopping.abort();
      const timer = setTimeout(() => hurry.abort(), deadlineMs);
      await running;
      clearTimeout(timer);
    },
  };
}

async function run(
  destination: Destination,
  means: DeliveryMeans,
  stopping: AbortSignal,
  hurry: AbortSignal,
): Promise<void> {
  const { name, timeoutMs } = destination;
  const line: Line = {
    destination,
    means,
    keeper: createTurnKeeper({
      ...means,
      destination: name,
      from: destination.from,
      leaseMs: timeoutMs + means.pace.leaseMs,
    }),
    session: createSinkSession(() => destination.open(), timeoutMs, hurry),
  };
  let failures = 0;
  while (!stopping.aborted) {
    let waitMs: number;
    try {
      waitMs = await step(line);
      failures = 0;
    } catch (error) {
      if (stopping.aborted) break;
      failures++;
      waitMs = retryMs(failures, means);
      await tellFailure(line, error, failures).catch((second: unknown) =>
        means.observer.failed(name, reasonOf(second), failures),
      );
    }
    await sleep(waitMs, stopping);
  }
  await line.session.close();
  await line.keeper.release();
}

/** What belongs to one destination while it runs. */
interface Line {
  readonly destination: Destination;
  readonly means: DeliveryMeans;
  readonly keeper: TurnKeeper;
  readonly session: SinkSession;
}

/** Resolves to how long to wait before the next step. */
async function step(line: Line): Promise<number> {
  const { destination, means, keeper } = line;
  const { batch, name } = destination;
  const { idleMs, leaseMs } = means.pace;
  const cursor = await keeper.cursor();
  if (!cursor) return idleMs;
  const page = await readPage(means.source, cursor.position, batch);
  if (page.length > 0) {
    const isFull = page.length === batch;
    await deliverPage(line, cursor, page);
    if (isFull) await tellBacklog(line);
    return isFull ? 0 : idleMs;
  }
  means.observer.behind(name, NO_BACKLOG.entries, NO_BACKLOG.ageMs);
  await keeper.renew(destination.timeoutMs + (leaseMs * 2) / 3);
  return idleMs;
}

/** The cursor moves once the destination has the page, and nobody is told before it has moved. */
async function deliverPage(
  { destination, means, keeper, session }: Line,
  cursor: Cursor,
  page: readonly PositionedEntry[],
): Promise<void> {
  const { name, format, timeoutMs } = destination;
  const { clock, observer, product } = means;
  const { items, rejections: unfit } = await itemsOf(page, format, product);
  const rejected = await sendBatch(items, async (part) => {
    // Parts of a batch are sent one by one, each with its own deadline.
    await keeper.renew(timeoutMs);
    return session.send(part);
  });
  const rejections = [...unfit, ...rejected];
  if (!(await keeper.save(movedOn(cursor, page, rejections, clock.now())))) return;
  observer.sent(name, page.length - rejections.length);
  const lost = missingIn(page, cursor);
  if (lost > 0) observer.lost(name, lost);
  for (const { position, reason } of rejections)
    observer.rejected(name, { position, reason: safeReason(reason) });
}

async function tellBacklog({ destination, means, keeper }: Line): Promise<void> {
  if (!keeper.known) return;
  const backlog = await stored(backlogOf(means.source, keeper.known.position, means.clock.now()));
  means.observer.behind(destination.name, backlog.entries, backlog.ageMs);
}

/** The reason is kept beside the cursor, where that can be done: other processes ask for it there. */
async function tellFailure(line: Line, error: unknown, failures: number): Promise<void> {
  const { destination, means, keeper } = line;
  const reason = reasonOf(error);
  means.observer.failed(destination.name, reason, failures);
  const { known } = keeper;
  if (!known) return;
  await keeper.save({
    ...known,
    failure: { reason, sinceMs: known.failure?.sinceMs ?? means.clock.now() },
  });
  await tellBacklog(line);
}

/** Positions have no gaps but those that retention made. What was removed before the destination began is no loss. */
function missingIn(page: readonly PositionedEntry[], { position: after }: Cursor): number {
  const from = after === 0 ? (page[0]?.position ?? 1) - 1 : after;
  return (page.at(-1)?.position ?? from) - from - page.length;
}

/** @throws SinkError where what was read is not what was asked for: a cursor never moves on such a word */
async function readPage(
  source: RecordSource,
  after: number,
  limit: number,
): Promise<readonly PositionedEntry[]> {
  const { entries } = await stored(source.read({ after, limit })).catch((cause: unknown) => {
    throw new SinkError('record_unreadable', { cause });
  });
  let last = after;
  for (const { position } of entries) {
    if (!Number.isSafeInteger(position) || position <= last) throw new SinkError('record_out_of_order');
    last = position;
  }
  if (entries.length > limit) throw new SinkError('record_out_of_order');
  return entries;
}

/** Entries that are written before others get their turn: requests are being served by the same thread. */
const WRITTEN_AT_ONCE = 16;

/** An entry that cannot be written in the format is passed like one that the destination rejects. */
async function itemsOf(page: readonly PositionedEntry[], format: FormatName, product: Product) {
  const items: ExportItem[] = [];
  const rejections: Rejection[] = [];
  for (const [index, recorded] of page.entries()) {
    if (index > 0 && index % WRITTEN_AT_ONCE === 0) await yieldToOthers();
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
  page: readonly PositionedEntry[],
  rejections: readonly Rejection[],
  nowMs: number,
): Cursor {
  const taken = page.length - rejections.length;
  const positions = rejections.map(({ position }) => position);
  return {
    position: page.at(-1)?.position ?? cursor.position,
    sent: cursor.sent + taken,
    rejected: cursor.rejected + rejections.length,
    rejectedPositions: [...cursor.rejectedPositions, ...positions].slice(-MAX_REJECTED_POSITIONS),
    deliveredAtMs: taken > 0 ? nowMs : cursor.deliveredAtMs,
    failure: null,
  };
}

/** Exponential, of which at least half: a destination that comes back is not met by all at once. */
function retryMs(failures: number, { pace, random }: DeliveryMeans): number {
  const longest = Math.min(pace.longestRetryMs, pace.firstRetryMs * 2 ** Math.min(failures - 1, 20));
  return longest * (0.5 + random() / 2);
}
