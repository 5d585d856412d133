/** Where a counter leads, in words. */
import { amountText } from './amount-text.ts';
import type { Consumption, Counter } from './limit-value.ts';

export interface Forecast {
  readonly tone: 'good' | 'warn' | 'bad' | 'plain';
  readonly words: string;
}

type Limit = Pick<Consumption, 'measure' | 'capacity' | 'windowStartMs' | 'windowEndMs'>;

/** Nearly used up: said before it is. */
const CLOSE = 0.9;

export function forecastOf(limit: Limit, counter: Counter, atMs: number): Forecast {
  const { measure, capacity, windowStartMs, windowEndMs } = limit;
  const { used, share, forecast } = counter;
  if (windowStartMs === null || windowEndMs === null)
    return share >= 1
      ? { tone: 'bad', words: 'All taken: the next request is refused.' }
      : { tone: 'plain', words: 'Now, at this moment.' };
  if (share >= 1) return { tone: 'bad', words: `Used up: refused until ${instantText(windowEndMs, atMs)}.` };
  if (used === 0) return { tone: 'plain', words: 'Nothing used yet.' };
  if (forecast === null) return { tone: 'plain', words: 'Too early to say where it leads.' };
  if (forecast > capacity) {
    const fullAtMs = windowStartMs + ((atMs - windowStartMs) * capacity) / used;
    return { tone: 'warn', words: `On course to be used up ${instantText(fullAtMs, atMs)}.` };
  }
  const end = `${amountText(measure, forecast)} by ${instantText(windowEndMs, atMs)}`;
  return share >= CLOSE
    ? { tone: 'warn', words: `Nearly used up; on course for ${end}.` }
    : { tone: 'good', words: `On course for ${end}: within it.` };
}

const timeOnly = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const withDay = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

function instantText(atMs: number, nowMs: number): string {
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  return (isToday ? timeOnly : withDay).format(atMs);
}
