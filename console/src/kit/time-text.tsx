/** An instant: how long ago or when in the viewer's zone, and in UTC on hover and focus. */
import { useSyncExternalStore } from 'react';
import { Tooltip } from './tooltip.tsx';

interface TimeTextProps {
  /** Milliseconds since the Unix epoch. */
  readonly atMs: number;
  /** `relative`: 3 minutes ago. `short`: today's as a time, others with their date. `full`: both, to the second. */
  readonly form?: 'relative' | 'short' | 'full';
}

const DAY_MS = 86_400_000;
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const withDate = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const withYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const timeOnly = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const UNITS = [
  ['day', DAY_MS],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

export function TimeText({ atMs, form = 'short' }: TimeTextProps) {
  const nowMs = useMinute();
  const iso = new Date(atMs).toISOString();
  const here = full.format(atMs);
  return (
    <Tooltip
      text={
        <span className="block tabular-nums">
          {here}
          <span className="block text-muted">{iso.replace('T', ' ').replace('Z', ' UTC')}</span>
        </span>
      }
    >
      <time
        dateTime={iso}
        tabIndex={0}
        className="rounded whitespace-nowrap tabular-nums decoration-edge decoration-dotted underline-offset-4 hover:underline"
      >
        {form === 'full' ? here : form === 'relative' ? relativeTo(nowMs, atMs) : shortAt(nowMs, atMs)}
      </time>
    </Tooltip>
  );
}

function shortAt(nowMs: number, atMs: number): string {
  const isToday = new Date(atMs).toDateString() === new Date(nowMs).toDateString();
  if (isToday) return timeOnly.format(atMs);
  const isThisYear = new Date(atMs).getFullYear() === new Date(nowMs).getFullYear();
  return (isThisYear ? withDate : withYear).format(atMs);
}

export function relativeTo(nowMs: number, atMs: number): string {
  const passedMs = atMs - nowMs;
  for (const [unit, unitMs] of UNITS)
    if (Math.abs(passedMs) >= unitMs) return relative.format(Math.trunc(passedMs / unitMs), unit);
  return passedMs <= 0 ? 'just now' : 'in a moment';
}

const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let minuteMs = Date.now();

function watch(tell: () => void): () => void {
  watchers.add(tell);
  timer ??= setInterval(() => {
    minuteMs = Date.now();
    for (const each of watchers) each();
  }, 30_000);
  return () => {
    watchers.delete(tell);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The time, as of half a minute ago at most. */
function useMinute(): number {
  const kept = useSyncExternalStore(watch, () => minuteMs);
  return kept;
}
