/** Dates as options of commands have them. */
import { InvalidArgumentError } from 'commander';

/** Milliseconds since the epoch. */
export function parseDate(text: string): number {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new InvalidArgumentError('a date as 2026-11-23 or 2026-11-23T10:00:00Z');
  return at;
}
