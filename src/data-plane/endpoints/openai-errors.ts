/** OpenAI's errors: `{error: {message, type, param, code}}`, one type and code for each refusal. */
import type { JsonObject } from '../../base/json.ts';
import type { Refusal, RefusalCode } from '../../domain/refusal.ts';
import type { RefusalBody } from '../endpoint.ts';
import { factsOf, messageOf, retryHeaders } from './refusal-facts.ts';
import { readable } from './wire-form.ts';

/** Codes for which OpenAI has a word of its own; the others keep ours. */
const CODES: Partial<Record<RefusalCode, string>> = {
  missing_credential: 'invalid_api_key',
  invalid_credential: 'invalid_api_key',
  expired_credential: 'invalid_api_key',
  unknown_model: 'model_not_found',
  limit_exceeded: 'rate_limit_exceeded',
  provider_rate_limited: 'rate_limit_exceeded',
  internal: 'server_error',
};

export function openaiRefusal(refusal: Refusal, requestId: string): RefusalBody {
  return {
    status: refusal.status,
    body: { error: openaiError(refusal, requestId) },
    headers: { 'x-request-id': requestId, ...retryHeaders(refusal) },
  };
}

export function openaiError(refusal: Refusal, requestId: string): JsonObject {
  const { pointer } = refusal.details;
  return {
    message: messageOf(refusal),
    type: typeOf(refusal.status),
    param: pointer === undefined ? null : readable(pointer),
    code: codeOf(refusal),
    bartizan: factsOf(refusal, requestId),
  };
}

export function codeOf(refusal: Refusal): string {
  return CODES[refusal.code] ?? refusal.code;
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}
