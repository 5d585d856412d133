/** How long something is kept, in calendar terms: six months are 181 to 184 days, and 180 days are no six months. */

export const RECORD_CLASSES = ['interactions', 'identities', 'content', 'administration'] as const;
/**
 * `interactions` and `administration`: whole entries; `identities`: who they were about; `content`: what was said, and what
 * stood for what in it.
 */
export type RecordClass = (typeof RECORD_CLASSES)[number];

export interface Duration {
  readonly count: number;
  readonly unit: 'day' | 'week' | 'month' | 'year';
}

export type Durations = Readonly<Partial<Record<RecordClass, Duration>>>;

/** `6 months`, `1 year`, `30 days`. */
export const DURATION = /^([1-9]\d{0,3}) (day|week|month|year)s?$/;

/** @throws Error for what is no duration */
export function parseDuration(text: string): Duration {
  const [, count, unit] = DURATION.exec(text) ?? [];
  if (count === undefined || unit === undefined) throw new Error(`"${text}" is no duration as 6 months`);
  return { count: Number(count), unit: unit as Duration['unit'] };
}

/** When it has passed since then, in UTC. A day that the month does not have is its last: a month from 31 January is 28 or 29 February. */
export function after(ms: number, { count, unit }: Duration): number {
  const date = new Date(ms);
  if (unit === 'day' || unit === 'week')
    return date.setUTCDate(date.getUTCDate() + count * (unit === 'week' ? 7 : 1));
  const months = date.getUTCMonth() + count * (unit === 'year' ? 12 : 1);
  const [year, month] = [date.getUTCFullYear() + Math.floor(months / 12), months % 12];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return date.setUTCFullYear(year, month, Math.min(date.getUTCDate(), lastDay));
}

/** What began before this has had its time now: the earliest moment since which the duration has not passed. */
export function cutOff(nowMs: number, duration: Duration): number {
  const days = { day: 1, week: 7, month: 32, year: 367 }[duration.unit];
  let [passed, open] = [nowMs - duration.count * days * DAY_MS, nowMs + 1];
  // `after` never goes back as its argument grows, so that halving finds the place.
  while (open - passed > 1) {
    const middle = Math.floor((passed + open) / 2);
    if (after(middle, duration) <= nowMs) passed = middle;
    else open = middle;
  }
  return open;
}

/** Whether one is at least as long as the other, whichever day it begins on. */
export function isAtLeast(one: Duration, other: Duration): boolean {
  for (let day = 0; day < DAYS_OF_FOUR_YEARS; day++) {
    const start = LEAP_YEAR_MS + day * DAY_MS;
    if (after(start, one) < after(start, other)) return false;
  }
  return true;
}

export function formatDuration({ count, unit }: Duration): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

const DAY_MS = 86_400_000;
const DAYS_OF_FOUR_YEARS = 1_461;
const LEAP_YEAR_MS = Date.UTC(2024, 0, 1);
