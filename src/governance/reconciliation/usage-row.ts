/** What a provider says was used: one row of its export, in no provider's words. */
import type { Json } from '../../base/json.ts';

export type UsageFormat = 'openai' | 'anthropic' | 'bedrock' | 'csv';

export interface UsageRow {
  /** Days since the Unix epoch, UTC. */
  readonly day: number;
  readonly model: string;
  /** The credential, as the export names it; undefined where it names none. */
  readonly key: string | undefined;
  /** Undefined where the export does not count requests. */
  readonly requests: number | undefined;
  /** All input, what was read from or written to a cache included. */
  readonly inputTokens: number;
  /** All output, reasoning included. */
  readonly outputTokens: number;
}

/** What is wrong with an export. It says where, and never what stands there. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

const DAY_MS = 86_400_000;
const LONGEST_NAME = 512;
const CONTROL = /\p{Cc}/u;
/** RFC 3339; a time without a zone is UTC's, as in every export that is read here. */
const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|UTC|[+-]\d{2}:\d{2})?)?$/;

export function dayOf(ms: number): number {
  return Math.floor(ms / DAY_MS);
}

export function startOfDay(day: number): number {
  return day * DAY_MS;
}

export function dayText(day: number): string {
  return new Date(startOfDay(day)).toISOString().slice(0, 10);
}

/** @throws UsageError */
export function dayOfTime(value: Json | undefined, where: string): number {
  const [, date, time, zone = 'Z'] = typeof value === 'string' ? (TIME.exec(value) ?? []) : [];
  const ms = date === undefined ? Number.NaN : startOf(date);
  const whole = time === undefined ? ms : Date.parse(`${date}T${time}${zone === 'UTC' ? 'Z' : zone}`);
  if (Number.isNaN(ms) || Number.isNaN(whole)) throw new UsageError(`${where}: a date or time is expected`);
  return dayOf(whole);
}

/** NaN for a day that no calendar has: 31 February would be read as a day of March. */
function startOf(date: string): number {
  const ms = Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8)));
  const month = new Date(ms).getUTCMonth() + 1;
  return month === Number(date.slice(5, 7)) ? ms : Number.NaN;
}

/** @throws UsageError unless it is a count; nothing is zero */
export function countAt(value: Json | undefined, where: string): number {
  if (value === undefined || value === null || value === '') return 0;
  const count = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0)
    throw new UsageError(`${where}: a count is expected`);
  return count;
}

/** The name of a model or of a key, which is shown to people. @throws UsageError */
export function nameAt(value: Json | undefined, where: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string' || value.length > LONGEST_NAME || CONTROL.test(value))
    throw new UsageError(`${where}: a name of at most ${LONGEST_NAME} characters is expected`);
  return value;
}

/** @throws UsageError where the export was not made by model */
export function modelAt(value: Json | undefined, where: string): string {
  const model = nameAt(value, where);
  if (model === undefined) throw new UsageError(`${where}: no model: export the usage grouped by model`);
  return model;
}
