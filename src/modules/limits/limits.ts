/** How much, how fast: one atomic reservation over every limit that matches, settled with what was really used. */
import type { Application } from '../../domain/application.ts';
import type { Authentication } from '../../domain/principal.ts';
import type { Route } from '../../domain/route.ts';
import type { Usage } from '../../domain/usage.ts';

export interface Estimate {
  readonly inputTokens: number;
  /** What the client allows the answer to have, or the model's default. */
  readonly maxOutputTokens: number;
  /** Millionths of a US dollar for that many tokens on this route. */
  readonly costMicros: number;
}

export interface Lease {
  /** `ratelimit`, `ratelimit-policy` (IETF draft) and the dialects' own `x-ratelimit-*`, for the answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Exactly once, however the request ended; a second call does nothing. Never throws: a store that fails is logged. */
  settle(usage: Usage, costMicros: number): Promise<void>;
}

export interface Limits {
  /** @throws Refusal `limit_exceeded` naming the limit and when it resets; `internal` refuses too where the store fails */
  reserve(authentication: Authentication, application: Application, route: Route, estimate: Estimate): Promise<Lease>;
}
