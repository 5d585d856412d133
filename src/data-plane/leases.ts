/** Holds the one lease of a request: for the route that is being tried, exchanged for another when a fallback is entered. */
import type { Application } from '../domain/application.ts';
import type { Authentication } from '../domain/principal.ts';
import type { Dialect, VerdictDialect } from '../domain/dialect.ts';
import type { Route } from '../domain/route.ts';
import type { Usage } from '../domain/usage.ts';
import type { Budget, Estimate, Lease, Limits } from '../modules/limits/limits.ts';

export interface Leases {
  /** @throws Refusal `limit_exceeded`; nothing is held then */
  enter(route: Route): Promise<void>;
  headers(): Readonly<Record<string, string>>;
  settle(usage: Usage, costMicros: number): Promise<void>;
}

export function createLeases(
  limits: Limits,
  authentication: Authentication,
  application: Application,
  dialect: Dialect | VerdictDialect,
  estimate: (route: Route) => Estimate,
  budget?: Budget,
): Leases {
  let held: { readonly route: Route; readonly lease: Lease } | undefined;
  return {
    async enter(route) {
      if (held?.route === route) return;
      await held?.lease.cancel();
      held = undefined;
      const lease = await limits.reserve(
        authentication,
        application,
        route,
        estimate(route),
        dialect,
        budget,
      );
      // Nobody is served on a word that is none.
      if (typeof (lease as Lease | undefined)?.settle !== 'function') throw new Error('there is no lease');
      held = { route, lease };
    },
    headers: () => held?.lease.headers ?? {},
    async settle(usage, costMicros) {
      await held?.lease.settle(usage, costMicros);
    },
  };
}
