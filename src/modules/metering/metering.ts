/** Usage and cost per principal, application and model. */
import type { Clock } from '../../base/clock.ts';
import type { Authentication } from '../../domain/principal.ts';
import type { Route } from '../../domain/route.ts';
import type { Usage } from '../../domain/usage.ts';
import { costMicros } from './cost.ts';
import { createHourlySums } from './hourly-sums.ts';
import type { Price, Prices } from './prices.ts';
import type { UsageAmounts, UsageKey, UsageStore } from './store.ts';
import { createWriteBehind } from './write-behind.ts';

export { loadPrices, type Prices } from './prices.ts';

export interface Metering {
  /** Millionths of a US dollar by the price pack; 0 where the model has no price (and `hasPrice` says so). */
  cost(route: Route, usage: Usage): number;
  hasPrice(route: Route): boolean;
  /** Adds to sums that are written behind the requests, and at the latest on close. Never throws. */
  meter(authentication: Authentication, route: Route, usage: Usage, costMicros: number): void;
  /** Counts a request that was permitted for this route and then refused: by a limit, a guardrail, a provider. */
  refused(authentication: Authentication, route: Route): void;
  close(): Promise<void>;
}

export interface MeteringSettings {
  readonly store: UsageStore;
  readonly prices: Prices;
  /** How long sums wait in memory; a crash loses at most that much of the metering, and nothing of the audit log. */
  readonly flushMs: number;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
  /** Different keys held between two flushes; beyond them sums are kept under one key. */
  readonly maxKeys?: number;
}

const HOUR_MS = 3_600_000;
const MAX_KEYS = 10_000;
const MAX_REMEMBERED_PRICES = 1_000;

export function createMetering(settings: MeteringSettings): Metering {
  const { store, prices, flushMs, clock, onError, maxKeys = MAX_KEYS } = settings;
  const priceOf = rememberPrices(prices);
  const sums = createHourlySums(maxKeys);
  const writeBehind = createWriteBehind({ sums, store, flushMs, onError });
  return {
    cost(route, usage) {
      const price = priceOf(route);
      return price === undefined ? 0 : costMicros(price, usage);
    },
    hasPrice: (route) => priceOf(route) !== undefined,
    meter(authentication, route, usage, cost) {
      sums.add(keyOf(authentication, route, clock.now()), {
        requests: 1,
        refused: 0,
        inputTokens: usage.inputTokens,
        outputTokens: usage.outputTokens,
        cachedInputTokens: usage.cachedInputTokens,
        costMicros: cost,
      });
    },
    refused(authentication, route) {
      sums.add(keyOf(authentication, route, clock.now()), REFUSED);
    },
    close: writeBehind.close,
  };
}

const REFUSED: UsageAmounts = {
  requests: 1,
  refused: 1,
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: 0,
  costMicros: 0,
};

function keyOf({ principal, applicationId }: Authentication, route: Route, nowMs: number): UsageKey {
  return {
    hourMs: Math.floor(nowMs / HOUR_MS) * HOUR_MS,
    principal: `${principal.kind}:${principal.id}`,
    application: applicationId,
    model: route.model,
    provider: route.providerId,
    providerModel: route.providerModel,
  };
}

/** Models that match no row are remembered too; what they are called comes from the configuration, so they are few. */
function rememberPrices(prices: Prices): (route: Route) => Price | undefined {
  const known = new Map<string, Price | undefined>();
  return ({ providerKind, providerModel }) => {
    const key = `${providerKind}\n${providerModel}`;
    const price = known.get(key);
    if (price !== undefined || known.has(key)) return price;
    if (known.size >= MAX_REMEMBERED_PRICES) known.clear();
    const found = prices.find(providerKind, providerModel);
    known.set(key, found);
    return found;
  };
}
