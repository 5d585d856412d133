/** The fixed windows that limits count in, all in UTC: weeks begin on Monday, months are those of the calendar. */
import type { LimitConfiguration } from '../../contract/configuration.ts';

export type WindowKind = NonNullable<LimitConfiguration['window']>;

export interface LimitWindow {
  readonly startMs: number;
  readonly endMs: number;
  /** When it ends, as ISO 8601. */
  readonly resetsAt: string;
}

const SECOND = 1_000;
const DAY = 86_400 * SECOND;
/** 5 January 1970 was the first Monday of the epoch. */
const FIRST_MONDAY = 4 * DAY;

const LENGTHS: Readonly<Record<Exclude<WindowKind, 'month'>, number>> = {
  second: SECOND,
  minute: 60 * SECOND,
  hour: 3_600 * SECOND,
  day: DAY,
  week: 7 * DAY,
};

/** Seconds a window lasts; a month counts as 30 days where one number has to say it. */
export function windowSeconds(kind: WindowKind): number {
  return (kind === 'month' ? 30 * DAY : LENGTHS[kind]) / SECOND;
}

export function windowAt(kind: WindowKind, nowMs: number): LimitWindow {
  if (kind === 'month') {
    const now = new Date(nowMs);
    const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
    return limitWindow(Date.UTC(year, month), Date.UTC(year, month + 1));
  }
  const length = LENGTHS[kind];
  const offset = kind === 'week' ? FIRST_MONDAY : 0;
  const startMs = Math.floor((nowMs - offset) / length) * length + offset;
  return limitWindow(startMs, startMs + length);
}

function limitWindow(startMs: number, endMs: number): LimitWindow {
  return { startMs, endMs, resetsAt: new Date(endMs).toISOString() };
}

/** The window now running, worked out anew only when it has ended. */
export function createCurrentWindow(kind: WindowKind): (nowMs: number) => LimitWindow {
  let current = windowAt(kind, 0);
  return (nowMs) => {
    if (nowMs < current.startMs || nowMs >= current.endMs) current = windowAt(kind, nowMs);
    return current;
  };
}
