/** What is used of each limit at this moment, counter by counter. */
import type { Configuration, LimitConfiguration } from '../../contract/configuration.ts';
import { createLimit, type Limit } from './limit.ts';
import type { Charge, LimitStore } from './store.ts';

/** Whose counters there may be. */
export interface CountedScopes {
  readonly applications: readonly string[];
  readonly groups: readonly string[];
  readonly models: readonly string[];
  readonly providers: readonly string[];
  /** `person:alice` */
  readonly principals: readonly string[];
}

export interface Consumption {
  readonly limit: string;
  readonly measure: LimitConfiguration['measure'];
  readonly per: LimitConfiguration['per'];
  /** In the measure's unit; dollars for cost. */
  readonly capacity: number;
  /** Absent for concurrent requests. */
  readonly window?: { readonly kind: string; readonly startMs: number; readonly endMs: number };
  /** Those that are used at all, the fullest first. */
  readonly counters: readonly { readonly scope: string; readonly used: number }[];
}

interface Means {
  readonly limits: Configuration['limits'];
  readonly store: LimitStore;
  readonly nowMs: number;
}

const MICROS = 1_000_000;
const MAX_COUNTERS = 100;
/** Counters that are asked for in one step. */
const STEP = 500;

export async function consumptionOf(
  { limits, store, nowMs }: Means,
  scopes: CountedScopes,
): Promise<readonly Consumption[]> {
  return Promise.all(
    Object.entries(limits).map(async ([id, configuration]) => {
      const limit = createLimit(id, configuration);
      const named = scopesOf(configuration, scopes);
      const used = await usageOf(store, limit, named, nowMs);
      const unit = configuration.measure === 'cost_usd' ? MICROS : 1;
      const window = limit.window?.(nowMs);
      return {
        limit: id,
        measure: configuration.measure,
        per: configuration.per,
        capacity: configuration.capacity,
        ...(window ? { window: { kind: configuration.window ?? '', ...window } } : {}),
        counters: named
          .map((scope, index) => ({ scope, used: (used[index] ?? 0) / unit }))
          .filter((counter) => counter.used > 0)
          .toSorted((a, b) => b.used - a.used)
          .slice(0, MAX_COUNTERS),
      };
    }),
  );
}

/** `application/demo`, as the counter's key has it behind the limit's id; empty for the one counter of all. */
function scopesOf({ per }: LimitConfiguration, scopes: CountedScopes): readonly string[] {
  switch (per) {
    case 'all':
      return [''];
    case 'application':
      return scopes.applications.map((each) => `application/${each}`);
    case 'group':
      return scopes.groups.map((each) => `group/${each}`);
    case 'model':
      return scopes.models.map((each) => `model/${each}`);
    case 'provider':
      return scopes.providers.map((each) => `provider/${each}`);
    case 'principal':
      return scopes.principals.map((each) => `principal/${each}`);
  }
}

async function usageOf(
  store: LimitStore,
  limit: Limit,
  scopes: readonly string[],
  nowMs: number,
): Promise<readonly number[]> {
  const window = limit.window?.(nowMs);
  const charges = scopes.map(
    (scope): Charge => ({
      key: scope === '' ? limit.id : `${limit.id}/${scope}`,
      windowStartMs: window?.startMs ?? 0,
      windowEndMs: window?.endMs ?? nowMs,
      amount: 0,
      capacity: limit.capacity,
      kind: window === undefined ? 'concurrency' : 'window',
    }),
  );
  const used: number[] = [];
  for (let start = 0; start < charges.length; start += STEP)
    used.push(...(await store.usage(charges.slice(start, start + STEP), nowMs)));
  return used;
}
