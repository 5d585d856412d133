/** How long to wait before a provider is asked again: exponential with full jitter, or as long as it says itself. */

const FIRST_MS = 250;
const LONGEST_MS = 8_000;

/** Full jitter spreads the retries of many clients evenly; `retry` counts from 0. */
export function backOffMs(retry: number, random: () => number): number {
  return random() * Math.min(LONGEST_MS, FIRST_MS * 2 ** retry);
}

/** `Retry-After` (RFC 9110 §10.2.3: seconds or a date), or the finer `retry-after-ms` that some providers send. */
export function retryAfterMs(headers: Readonly<Record<string, string>>, nowMs: number): number | undefined {
  const fine = headers['retry-after-ms'];
  if (fine !== undefined && /^\d{1,9}(\.\d+)?$/.test(fine)) return Number(fine);
  const told = headers['retry-after'];
  if (told === undefined) return undefined;
  if (/^\d{1,9}(\.\d+)?$/.test(told)) return Number(told) * 1_000;
  const date = /[A-Za-z]/.test(told) ? Date.parse(told) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
