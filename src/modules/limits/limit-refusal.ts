/** The refusals of the limits room, in words that a person can act on. */
import type { Dialect, VerdictDialect } from '../../domain/dialect.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Limit, Measure } from './limit.ts';
import { type Standing, rateHeaders } from './rate-headers.ts';

/** How soon to try again where nobody knows when another request ends. */
const CONCURRENCY_RETRY_MS = 1_000;

const NOUNS: Readonly<Record<Measure, string>> = {
  requests: 'requests',
  concurrent_requests: 'requests at once',
  input_tokens: 'input tokens',
  output_tokens: 'output tokens',
  tokens: 'tokens',
  cost_usd: 'US dollars',
};

/** `full`: those of the standings that had no room, at least one; told is the one that resets last. */
export function limitExceeded(
  full: readonly Standing[],
  standings: readonly Standing[],
  dialect: Dialect | VerdictDialect,
  nowMs: number,
): Refusal {
  const told = full.reduce((last, standing) => (resetOf(standing) > resetOf(last) ? standing : last));
  const { limit, window } = told;
  const retryAfterMs = window === undefined ? CONCURRENCY_RETRY_MS : Math.max(0, window.endMs - nowMs);
  const message =
    window === undefined
      ? `The limit "${limit.id}" (${described(limit)}) is used up; it has room again when a request ends.`
      : `The limit "${limit.id}" (${described(limit)}) has no room for this request; it resets at ${window.resetsAt}.`;
  return new Refusal('limit_exceeded', message, {
    limit: limit.id,
    retryAfterMs,
    headers: {
      ...rateHeaders(standings, dialect, nowMs),
      'retry-after': String(Math.max(1, Math.ceil(retryAfterMs / 1_000))),
    },
  });
}

/** A charge larger than all there is: waiting does not help, so nothing says when to try again. */
export function neverFits(limit: Limit, amount: number): Refusal {
  const needed = limit.measure === 'cost_usd' ? dollars(amount) : String(amount);
  return new Refusal(
    'limit_exceeded',
    `This request may take ${needed} ${NOUNS[limit.measure]}, and the limit "${limit.id}" ` +
      `(${described(limit)}) never has room for that. Ask for less, such as a shorter answer.`,
    { limit: limit.id },
  );
}

function described({ measure, capacity, windowKind }: Limit): string {
  const amount = measure === 'cost_usd' ? dollars(capacity) : String(capacity);
  return `${amount} ${NOUNS[measure]}${windowKind === undefined ? '' : ` per ${windowKind}`}`;
}

function dollars(micros: number): string {
  return String(micros / 1_000_000);
}

function resetOf(standing: Standing): number {
  return standing.window?.endMs ?? 0;
}
