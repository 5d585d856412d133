/** Limits as parts of the tree, what is used of them, and what was spent. */
import type { limitOperations } from '../../contract/api/limits.ts';
import type { Configuration } from '../../contract/configuration.ts';
import { reachesApplication, type Reach } from '../../domain/administrator.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { ConfigurationRoom } from '../../governance/configuration/configuration.ts';
import type { Limits } from '../../modules/limits/limits.ts';
import type { UsageStore } from '../../modules/metering/store.ts';
import type { Handlers } from '../handler.ts';
import { partHandlers } from '../parts.ts';
import { costOf } from './cost.ts';
import { countedScopes } from './counted-scopes.ts';
import { forecastOf } from './forecast.ts';

export interface LimitsOptions {
  readonly configurations: ConfigurationRoom;
  readonly limits: () => Limits;
  readonly usage: Pick<UsageStore, 'read'>;
  readonly now: () => number;
}

const DAY_MS = 86_400_000;
/** Principals that no tree names are known by what they used in the longest window. */
const SEEN_MS = 31 * DAY_MS;
const MAX_RANGE_MS = 400 * DAY_MS;

export function limitHandlers(options: LimitsOptions): Handlers<typeof limitOperations> {
  const { configurations, usage, now } = options;
  const limits = partHandlers(configurations, 'limits');
  return {
    listLimits: limits.list,
    getLimit: limits.get,
    createLimit: limits.create,
    changeLimit: limits.change,
    removeLimit: limits.remove,
    async listConsumption(_, { reach }) {
      const { configuration } = await configurations.inForce();
      const atMs = now();
      const seen = await usage.read({ fromMs: atMs - SEEN_MS, toMs: atMs + DAY_MS });
      const consumed = await options.limits().consumption(countedScopes(configuration, seen, reach));
      return {
        atMs,
        items: consumed
          .filter(({ limit }) => isSeen(configuration, limit, reach))
          .map(({ limit, measure, per, capacity, window, counters }) => ({
            limit,
            measure,
            per,
            capacity,
            window: window?.kind ?? null,
            windowStartMs: window?.startMs ?? null,
            windowEndMs: window?.endMs ?? null,
            counters: counters.map(({ scope, used }) => ({
              scope: scope === '' ? 'all' : scope.replace('/', ' '),
              used,
              share: used / capacity,
              forecast: window ? forecastOf(used, window, atMs) : null,
            })),
          })),
      };
    },
    async getCost({ query }, { reach }) {
      const { from, to, by, bucket } = query;
      if (to <= from || to - from > MAX_RANGE_MS)
        throw new Refusal('invalid_request', 'from must be before to, by 400 days at most');
      const rows = await usage.read({ fromMs: from, toMs: to });
      const seen = rows.filter(({ application }) => reachesApplication(reach, application));
      return { from, to, ...costOf(seen, by, bucket) };
    },
  };
}

/** One's own applications' limits, and what each application has of everybody's: counters of all together tell of others. */
function isSeen({ limits }: Configuration, id: string, reach: Reach): boolean {
  if (reach.kind === 'everything') return true;
  const limit = limits[id];
  if (limit === undefined) return false;
  return limit.applications.length === 0
    ? limit.per === 'application'
    : limit.applications.some((each) => reachesApplication(reach, each));
}
