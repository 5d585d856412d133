/** How much, how fast: one atomic reservation over every limit that matches, settled with what was really used. */
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { limitSchema, type Configuration } from '../../contract/configuration.ts';
import type { Application } from '../../domain/application.ts';
import type { Authentication, Principal } from '../../domain/principal.ts';
import type { Dialect, VerdictDialect } from '../../domain/dialect.ts';
import type { Route } from '../../domain/route.ts';
import type { Usage } from '../../domain/usage.ts';
import { amountOf, createLimit, type Limit, type LimitCharge } from './limit.ts';
import { consumptionOf, type Consumption, type CountedScopes } from './consumption.ts';
import { limitExceeded, neverFits } from './limit-refusal.ts';
import { createLease } from './lease.ts';
import { rateHeaders, type Standing } from './rate-headers.ts';
import type { Charge, LimitStore, Reservation } from './store.ts';

export type { Consumption, CountedScopes };

export interface Estimate {
  readonly inputTokens: number;
  /** At most: what the client allows the answer to have, or the model's default. */
  readonly outputTokens: number;
  /** Millionths of a US dollar for that many tokens on this route. */
  readonly costMicros: number;
}

/** A limit of whoever asks, beside those configured: one counter, wherever and in whichever configuration it is charged. */
export interface Budget {
  readonly id: string;
  readonly tokensPerHour: number;
}

export interface Lease {
  /** `ratelimit`, `ratelimit-policy` (IETF draft) and the dialect's own names, for the answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Exactly once, however the request ended; a second call does nothing. Never throws: a store that fails is logged. */
  settle(usage: Usage, costMicros: number): Promise<void>;
  /** Gives everything back, as if it had never been reserved: for a route that was not taken. Ends the lease like settle. */
  cancel(): Promise<void>;
}

export interface Limits {
  /** @throws Refusal `limit_exceeded` naming the limit and when it resets; `internal` refuses too where the store fails */
  reserve(
    authentication: Authentication,
    application: Application,
    route: Route,
    estimate: Estimate,
    dialect: Dialect | VerdictDialect,
    budget?: Budget,
  ): Promise<Lease>;
  /** Ids of the limits that a request of theirs on this route is charged to. */
  concerning(principal: Principal, application: Application, route: Route): readonly string[];
  /** What is used of each limit now, by the counters that these may have. */
  consumption(scopes: CountedScopes): Promise<readonly Consumption[]>;
}

export interface LimitsSettings {
  readonly limits: Configuration['limits'];
  readonly store: LimitStore;
  readonly clock: Clock;
  /** Told of a store that failed to settle: what was reserved then stays reserved until its window ends. */
  readonly onError: (error: unknown) => void;
  /** A reservation that is not there by then refuses the request. */
  readonly timeoutMs?: number;
  /** How long a concurrent request counts if its holder dies. */
  readonly leaseMs?: number;
}

const TIMEOUT_MS = 2_000;
const LEASE_MS = 15 * 60_000;

export function createLimits(settings: LimitsSettings): Limits {
  const { store, clock, onError, timeoutMs = TIMEOUT_MS, leaseMs = LEASE_MS } = settings;
  const limits = Object.entries(settings.limits).map(([id, configuration]) => createLimit(id, configuration));

  return {
    concerning: (principal, application, route) =>
      limits.filter((limit) => limit.keys(principal, application, route).length > 0).map(({ id }) => id),
    consumption: (scopes) => consumptionOf({ limits: settings.limits, store, nowMs: clock.now() }, scopes),
    async reserve({ principal }, application, route, estimate, dialect, budget) {
      const nowMs = clock.now();
      const charged: LimitCharge[] = [];
      for (const limit of limits) {
        for (const key of limit.keys(principal, application, route)) {
          charged.push({ limit, charge: createCharge(limit, key, estimate, nowMs, leaseMs) });
        }
      }
      if (budget) charged.push(budgetCharge(budget, estimate, nowMs, leaseMs));
      if (charged.length === 0) return EMPTY_LEASE;
      const tooLarge = charged.find(({ charge }) => charge.amount > charge.capacity);
      if (tooLarge) throw neverFits(tooLarge.limit, tooLarge.charge.amount);

      const lease = createLease({ id: newId('lease', nowMs), charged, store, clock, onError, timeoutMs });
      const reservation = await lease.reserve();
      const standings = standingsOf(charged, reservation, nowMs);
      if (!reservation.admitted) throw limitExceeded(fullOf(charged, standings), standings, dialect, nowMs);
      return {
        headers: rateHeaders(standings, dialect, nowMs),
        settle: (usage, costMicros) => lease.end({ ...usage, costMicros }),
        cancel: () => lease.end(null),
      };
    },
  };
}

/** Where no limit concerns a request. */
const EMPTY_LEASE: Lease = {
  headers: {},
  settle: () => Promise.resolve(),
  cancel: () => Promise.resolve(),
};

/** No configured limit has a name with a space, so that none shares its counter. */
function budgetCharge(
  { id, tokensPerHour }: Budget,
  estimate: Estimate,
  nowMs: number,
  leaseMs: number,
): LimitCharge {
  const name = `budget ${id}`;
  const limit = createLimit(
    name,
    limitSchema.parse({ measure: 'tokens', window: 'hour', capacity: tokensPerHour }),
  );
  return { limit, charge: createCharge(limit, name, estimate, nowMs, leaseMs) };
}

function createCharge(limit: Limit, key: string, estimate: Estimate, nowMs: number, leaseMs: number): Charge {
  const window = limit.window?.(nowMs);
  return {
    key,
    windowStartMs: window?.startMs ?? 0,
    windowEndMs: window?.endMs ?? nowMs + leaseMs,
    amount: amountOf(limit.measure, estimate),
    capacity: limit.capacity,
    kind: window === undefined ? 'concurrency' : 'window',
  };
}

function standingsOf(
  charged: readonly LimitCharge[],
  { used }: Reservation,
  nowMs: number,
): readonly Standing[] {
  return charged.map(({ limit }, index) => ({
    limit,
    window: limit.window?.(nowMs),
    used: used[index] ?? 0,
  }));
}

function fullOf(charged: readonly LimitCharge[], standings: readonly Standing[]): readonly Standing[] {
  return standings.filter((standing, index) => {
    const amount = charged[index]?.charge.amount ?? 0;
    return amount > 0 && standing.used + amount > standing.limit.capacity;
  });
}
