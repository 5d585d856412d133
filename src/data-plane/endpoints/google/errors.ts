/** Google's errors: `{error: {code, message, status, details}}`, details being messages of `google.rpc`. */
import type { JsonObject } from '../../../base/json.ts';
import { REFUSALS, type Refusal } from '../../../domain/refusal.ts';
import type { RefusalBody } from '../../endpoint.ts';
import { factsOf, messageOf } from '../refusal-facts.ts';

const STATUSES: ReadonlyMap<number, string> = new Map([
  [401, 'UNAUTHENTICATED'],
  [403, 'PERMISSION_DENIED'],
  [404, 'NOT_FOUND'],
  [408, 'DEADLINE_EXCEEDED'],
  [409, 'ABORTED'],
  [429, 'RESOURCE_EXHAUSTED'],
  [499, 'CANCELLED'],
  [500, 'INTERNAL'],
  [502, 'UNAVAILABLE'],
  [503, 'UNAVAILABLE'],
  [504, 'DEADLINE_EXCEEDED'],
]);

export function googleRefusal(refusal: Refusal, requestId: string): RefusalBody {
  return { status: refusal.status, body: googleError(refusal, requestId) };
}

export function googleError(refusal: Refusal, requestId: string): JsonObject {
  const { status, code, details } = refusal;
  const info = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: code.toUpperCase(),
    domain: 'bartizan',
    metadata: metadataOf(refusal, requestId),
  };
  const retry = {
    '@type': 'type.googleapis.com/google.rpc.RetryInfo',
    retryDelay: `${Math.ceil((details.retryAfterMs ?? 0) / 1000)}s`,
  };
  return {
    error: {
      code: status,
      message: messageOf(refusal),
      status:
        STATUSES.get(status) ??
        STATUSES.get(REFUSALS[code].status) ??
        (status >= 500 ? 'INTERNAL' : 'INVALID_ARGUMENT'),
      details: details.retryAfterMs === undefined ? [info] : [info, retry],
    },
  };
}

/** Metadata holds strings alone. */
function metadataOf(refusal: Refusal, requestId: string): JsonObject {
  const facts = Object.entries(factsOf(refusal, requestId)).filter(([key]) => key !== 'code');
  return Object.fromEntries(
    facts.map(([key, value]) => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  );
}
