/** Exports the record to other people's systems: each entry at least once, in order, to every destination. */
import { systemClock, type Clock } from '../../base/clock.ts';
import { backlogOf, type Backlog, type RecordSource } from './backlog.ts';
import type { Cursor, Cursors } from './cursors.ts';
import {
  startDelivery,
  type Delivery,
  type DeliveryMeans,
  type Destination,
  type Pace,
  type SiemObserver,
} from './delivery.ts';
import type { PositionedEntry, Product } from './exported-entry.ts';
import { toItem } from './format.ts';
import { reasonOf } from './reason.ts';
import { createSinkSession } from './sink-session.ts';

export { reasonOf };
export type { Destination, Product, SiemObserver };

export interface SiemOptions {
  readonly destinations: readonly Destination[];
  readonly source: RecordSource;
  readonly cursors: Cursors;
  readonly observer: SiemObserver;
  readonly product: Product;
  /** Names this process among those that may send; the same again after a restart. */
  readonly holder: string;
  readonly clock?: Clock;
  readonly pace?: Pace;
  readonly random?: () => number;
}

export interface Siem {
  /** Starts what is new, stops what is gone, and lets what is unchanged go on. One call at a time takes effect. */
  configure(destinations: readonly Destination[]): Promise<void>;
  /** Batches under way end within the deadline. */
  stop(deadlineMs: number): Promise<void>;
}

const PACE: Pace = { idleMs: 250, firstRetryMs: 500, longestRetryMs: 60_000, leaseMs: 30_000 };
const CHANGE_DEADLINE_MS = 5_000;

export function createSiem({ destinations, ...options }: SiemOptions): Siem {
  const means: DeliveryMeans = { clock: systemClock, pace: PACE, random: Math.random, ...options };
  const running = new Map<string, { readonly settings: string; readonly delivery: Delivery }>();
  let stopped = false;
  let changing = Promise.resolve();

  async function change(next: readonly Destination[]): Promise<void> {
    const settings = new Map(next.map((destination) => [destination.name, destination.settings]));
    const ending = [...running].filter(([name, known]) => stopped || settings.get(name) !== known.settings);
    for (const [name] of ending) running.delete(name);
    await Promise.all(ending.map(([, { delivery }]) => delivery.stop(CHANGE_DEADLINE_MS)));
    if (stopped) return;
    for (const destination of next) {
      if (running.has(destination.name)) continue;
      const delivery = startDelivery(destination, means);
      running.set(destination.name, { settings: destination.settings, delivery });
    }
  }

  function configure(wanted: readonly Destination[]): Promise<void> {
    return (changing = changing.then(() => change(wanted)));
  }

  void configure(destinations);
  return {
    configure,
    async stop(deadlineMs) {
      stopped = true;
      await changing;
      const all = [...running.values()];
      running.clear();
      await Promise.all(all.map(({ delivery }) => delivery.stop(deadlineMs)));
    },
  };
}

export interface DestinationStatus extends Backlog {
  /** Undefined where it never began. */
  readonly cursor: Cursor | undefined;
}

/** As any process may ask it. */
export async function statusOf(
  name: string,
  { source, cursors, clock = systemClock }: Pick<SiemOptions, 'source' | 'cursors' | 'clock'>,
): Promise<DestinationStatus> {
  const cursor = await cursors.read(name);
  const behind = await backlogOf(source, cursor?.position ?? 0, clock.now());
  return { cursor, ...behind };
}

/** Sends one entry to a destination, apart from its loop. @throws with a reason that may be shown */
export async function sendOne(
  destination: Destination,
  recorded: PositionedEntry,
  product: Product,
): Promise<void> {
  const session = createSinkSession(
    () => destination.open(),
    destination.timeoutMs,
    new AbortController().signal,
  );
  try {
    const [rejection] = await session.send([toItem(destination.format, recorded, product)]);
    if (rejection) throw new Error(`the destination rejects it: ${rejection.reason}`);
  } finally {
    await session.close();
  }
}
