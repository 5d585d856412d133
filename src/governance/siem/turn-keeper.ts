/** One destination's turn to send, and its cursor: taken, kept while it is worked with, and given back. */
import type { Clock } from '../../base/clock.ts';
import { withDeadline } from '../../base/deadline.ts';
import { newestPosition, type RecordSource } from './backlog.ts';
import type { Cursor, Cursors, Turn } from './cursors.ts';
import { SinkError } from './sink.ts';

export interface TurnKeeperOptions {
  readonly destination: string;
  readonly from: 'now' | 'beginning';
  readonly holder: string;
  /** How long a turn lasts without being renewed. */
  readonly leaseMs: number;
  readonly source: RecordSource;
  readonly cursors: Cursors;
  readonly clock: Clock;
}

export interface TurnKeeper {
  /** Undefined where another has the turn. */
  cursor(): Promise<Cursor | undefined>;
  /** What was read last; undefined without a turn. */
  readonly known: Cursor | undefined;
  /** False where the turn was lost meanwhile: the cursor is read again then. */
  save(cursor: Cursor): Promise<boolean>;
  /** Renews the turn where less than `remainingMs` are left of it. @throws SinkError where it is lost */
  renew(remainingMs: number): Promise<void>;
  /** Never rejects. */
  release(): Promise<void>;
}

const STORE_TIMEOUT_MS = 10_000;

/** No store may hold up an export for ever. */
export function stored<T>(work: Promise<T>): Promise<T> {
  return withDeadline(work, STORE_TIMEOUT_MS, 'the store');
}

interface Held {
  readonly turn: Turn;
  readonly cursor: Cursor;
  readonly untilMs: number;
}

export function createTurnKeeper(options: TurnKeeperOptions): TurnKeeper {
  const { destination, from, holder, leaseMs, source, cursors, clock } = options;
  let held: Held | undefined;

  async function take(): Promise<Held | undefined> {
    const known = await stored(cursors.read(destination));
    const start = known || from === 'beginning' ? 0 : await stored(newestPosition(source));
    const nowMs = clock.now();
    const untilMs = nowMs + leaseMs;
    const taken = await stored(cursors.take(destination, holder, { nowMs, untilMs }, start));
    return taken && { ...taken, untilMs };
  }

  async function save(cursor: Cursor): Promise<boolean> {
    if (!held) return false;
    const { turn } = held;
    const untilMs = clock.now() + leaseMs;
    const isKept = await stored(cursors.save(turn, cursor, untilMs));
    held = isKept ? { turn, cursor, untilMs } : undefined;
    return isKept;
  }

  return {
    async cursor() {
      held ??= await take();
      return held?.cursor;
    },
    get known() {
      return held?.cursor;
    },
    save,
    async renew(remainingMs) {
      if (held && held.untilMs - clock.now() >= remainingMs) return;
      if (!held || !(await save(held.cursor))) throw new SinkError('turn_lost');
    },
    async release() {
      if (held) await Promise.allSettled([stored(cursors.release(held.turn))]);
    },
  };
}
