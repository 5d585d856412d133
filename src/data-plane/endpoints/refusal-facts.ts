/** What every dialect's error says of a refusal, and how each family of clients is told whether to try again. */
import type { JsonObject } from '../../base/json.ts';
import { REFUSALS, type Refusal } from '../../domain/refusal.ts';
import { given } from './wire-form.ts';

/** For the client alone: a provider's own message may quote what the client sent. */
export function messageOf({ message, clientMessage }: Refusal): string {
  return clientMessage === undefined || clientMessage === '' ? message : `${message}: ${clientMessage}`;
}

/** Names of what decided, for people and runbooks; official clients keep members that they do not know. */
export function factsOf(refusal: Refusal, requestId: string): JsonObject {
  const { policies, guardrail, gate, limit, pointer, providerStatus } = refusal.details;
  return {
    code: refusal.code,
    request_id: requestId,
    retryable: REFUSALS[refusal.code].retryable,
    ...given({ policies, guardrail, gate, limit, pointer, provider_status: providerStatus }),
  };
}

/** The official OpenAI and Anthropic clients obey `x-should-retry` before they look at the status. */
export function retryHeaders(refusal: Refusal): Record<string, string> {
  return { 'x-should-retry': String(REFUSALS[refusal.code].retryable) };
}
