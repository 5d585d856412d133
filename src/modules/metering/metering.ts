/** Usage and cost per principal, application and model. */
import type { Authentication } from '../../domain/principal.ts';
import type { Route } from '../../domain/route.ts';
import type { Usage } from '../../domain/usage.ts';

export interface Metering {
  /** Millionths of a US dollar by the price pack; 0 where the model has no price (and `hasPrice` says so). */
  cost(route: Route, usage: Usage): number;
  hasPrice(route: Route): boolean;
  /** Adds to sums that are written behind the requests, and at the latest on close. Never throws. */
  meter(authentication: Authentication, route: Route, usage: Usage, costMicros: number): void;
  close(): Promise<void>;
}
