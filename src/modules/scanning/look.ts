/** One look of one scanner at one text, guarded: whatever the scanner does becomes sightings or a fault. */
import { DeadlineError, withDeadline } from '../../base/deadline.ts';
import type { Follower, Sighting, TextPlace } from './scanner.ts';

export type Fault = 'threw' | 'timed_out' | 'nonsense' | 'too_many';
export type Look = readonly Sighting[] | Fault;

/** Sightings that one look may report: more is a fault, so that what is not told fails closed. */
export const MAX_SIGHTINGS = 10_000;

export interface LookAt {
  readonly text: string;
  readonly from: number;
  readonly place: TextPlace;
  /** Sightings that start here or later are left for the next look. Infinity when the text has ended. */
  readonly until: number;
}

/** The manifest's kinds; null where the configuration names them. */
export type KnownKinds = ReadonlySet<string> | null;

/** A promise only where the scanner answers with one. */
export function look(
  scanner: Follower,
  kinds: KnownKinds,
  timeoutMs: number,
  at: LookAt,
): Look | Promise<Look> {
  let answer: unknown;
  try {
    answer = scanner.scan(at.text, at.from, at.place, at.until === Infinity, at.until);
  } catch {
    return 'threw';
  }
  if (!isThenable(answer)) return checked(answer, kinds, at);
  return withDeadline(Promise.resolve(answer), timeoutMs, 'a scanner').then(
    (late) => checked(late, kinds, at),
    (error: unknown) => (error instanceof DeadlineError ? 'timed_out' : 'threw'),
  );
}

/** Where a text that may still grow is decided, or the fault of a scanner that cannot say. */
export function settledBy(scanner: Follower, text: string, from: number, place: TextPlace): number | Fault {
  try {
    const settled = scanner.settled(text, from, place);
    return Number.isInteger(settled) && settled <= text.length
      ? Math.max(wholeCharacters(text, settled), from)
      : 'nonsense';
  } catch {
    return 'threw';
  }
}

/** No text is cut inside a surrogate pair. */
function wholeCharacters(text: string, end: number): number {
  const next = text.charCodeAt(end);
  const last = text.charCodeAt(end - 1);
  return next >= 0xdc00 && next <= 0xdfff && last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

const NONE: readonly Sighting[] = [];

/** Sorted, apart from one another, within the text, of known kinds: anything else is nonsense. */
function checked(answer: unknown, kinds: KnownKinds, { text, from, until }: LookAt): Look {
  if (!Array.isArray(answer)) return 'nonsense';
  if (answer.length > MAX_SIGHTINGS) return 'too_many';
  if (answer.length === 0) return NONE;
  const decided: Sighting[] = [];
  let last = from;
  for (const sighting of answer as unknown[]) {
    if (!isSighting(sighting, last, text.length, kinds)) return 'nonsense';
    last = sighting.end;
    if (sighting.start >= until) continue;
    if (sighting.end > until) return 'nonsense';
    decided.push(sighting);
  }
  return decided;
}

function isSighting(value: unknown, from: number, length: number, kinds: KnownKinds): value is Sighting {
  if (typeof value !== 'object' || value === null) return false;
  const { start, end, kind, confidence } = value as Partial<Record<keyof Sighting, unknown>>;
  if (!Number.isInteger(start) || !Number.isInteger(end)) return false;
  const span = { start: Number(start), end: Number(end) };
  return (
    span.start >= from &&
    span.end > span.start &&
    span.end <= length &&
    typeof kind === 'string' &&
    (kinds === null || kinds.has(kind)) &&
    typeof confidence === 'number' &&
    confidence >= 0 &&
    confidence <= 1
  );
}
