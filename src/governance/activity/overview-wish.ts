/** What an overview is asked for, and how it is shown. */
import type { Reach } from '../../domain/administrator.ts';
import type { OverviewAsk, OverviewFigures } from './overview.ts';
import type { IndexStatus } from './reading.ts';
import type { SpendSeries } from './spend-series.ts';

export interface OverviewWish {
  readonly window: '1h' | '24h' | '7d' | '30d';
  /** Both, in place of the window. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly application?: string | undefined;
  readonly reach: Reach;
}

export interface ProviderState {
  readonly provider: string;
  readonly state: 'closed' | 'open' | 'half_open';
}

const HOUR_MS = 3_600_000;
const WINDOWS_MS = { '1h': HOUR_MS, '24h': 24 * HOUR_MS, '7d': 168 * HOUR_MS, '30d': 720 * HOUR_MS };
const LONGEST_MS = 400 * 24 * HOUR_MS;

export function overviewAskOf(wish: OverviewWish, nowMs: number): OverviewAsk {
  const { window, reach, application } = wish;
  const toMs = wish.toMs ?? nowMs;
  const fromMs = Math.max(wish.fromMs ?? toMs - WINDOWS_MS[window], toMs - LONGEST_MS);
  const seen = reach.kind === 'some' ? [...reach.applications] : [];
  const all = reach.kind === 'everything' ? null : seen;
  return {
    fromMs,
    toMs,
    nowMs,
    applications:
      application === undefined ? all : [application].filter((each) => all === null || all.includes(each)),
    filter: application === undefined ? {} : { application },
  };
}

export interface Surroundings {
  readonly atMs: number;
  readonly index: IndexStatus & { readonly failure: string | null };
  readonly providers: readonly ProviderState[];
}

export function shownOverview(
  { anomalies, providers, ...figures }: OverviewFigures & SpendSeries,
  names: ReadonlyMap<string, string>,
  around: Surroundings,
) {
  const circuits = new Map(around.providers.map(({ provider, state }) => [provider, state]));
  const quiet = [...circuits.keys()].filter((each) => !providers.some(({ provider }) => provider === each));
  return {
    ...figures,
    atMs: around.atMs,
    index: around.index,
    anomalies: anomalies.map(({ principal, filter, ...each }) => {
      const name = principal === undefined ? undefined : names.get(principal);
      return { ...each, filter: name === undefined ? filter : { ...filter, principal: name } };
    }),
    providers: [
      ...providers.map((each) => ({ ...each, circuit: circuits.get(each.provider) ?? null })),
      ...quiet.map((provider) => ({
        provider,
        attempts: 0,
        failed: 0,
        meanMs: null,
        failures: [],
        circuit: circuits.get(provider) ?? null,
        filter: { provider },
      })),
    ],
  };
}
