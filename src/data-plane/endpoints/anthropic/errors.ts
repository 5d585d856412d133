/** Anthropic's errors: `{type: "error", error: {type, message}, request_id}`. */
import type { JsonObject } from '../../../base/json.ts';
import { REFUSALS, type Refusal } from '../../../domain/refusal.ts';
import type { RefusalBody } from '../../endpoint.ts';
import { factsOf, messageOf, retryHeaders } from '../refusal-facts.ts';

const TYPES: ReadonlyMap<number, string> = new Map([
  [401, 'authentication_error'],
  [403, 'permission_error'],
  [404, 'not_found_error'],
  [408, 'timeout_error'],
  [413, 'request_too_large'],
  [429, 'rate_limit_error'],
  [503, 'overloaded_error'],
  [504, 'timeout_error'],
]);

export function anthropicRefusal(refusal: Refusal, requestId: string): RefusalBody {
  return {
    status: refusal.status,
    body: anthropicError(refusal, requestId),
    headers: { 'request-id': requestId, ...retryHeaders(refusal) },
  };
}

export function anthropicError(refusal: Refusal, requestId: string): JsonObject {
  return {
    type: 'error',
    error: { type: typeOf(refusal), message: messageOf(refusal), bartizan: factsOf(refusal, requestId) },
    request_id: requestId,
  };
}

/** A guardrail's own status does not change what kind of error it is; the catalogue's stands in for one without a type. */
function typeOf({ status, code }: Refusal): string {
  const known = TYPES.get(status) ?? TYPES.get(REFUSALS[code].status);
  if (known !== undefined) return known;
  return status >= 500 ? 'api_error' : 'invalid_request_error';
}
