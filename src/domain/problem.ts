/** Refusals as RFC 9457 problem details, for addresses that belong to no dialect. */
import type { JsonObject } from '../base/json.ts';
import { REFUSALS, type Refusal } from './refusal.ts';

export const PROBLEM_CONTENT_TYPE = 'application/problem+json';

export function problemOf(refusal: Refusal, requestId?: string): JsonObject {
  return {
    type: `urn:bartizan:refusal:${refusal.code}`,
    title: REFUSALS[refusal.code].title,
    status: refusal.status,
    detail: refusal.message,
    ...(requestId === undefined ? {} : { instance: `urn:bartizan:request:${requestId}` }),
    code: refusal.code,
    ...(refusal.details.problems === undefined
      ? {}
      : { errors: refusal.details.problems.map((each) => ({ ...each })) }),
  };
}
