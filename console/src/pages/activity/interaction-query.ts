/** The address of the activity page, and what is asked of the API for it. Their filters have the same names. */
import type { z } from 'zod';
import { INTERACTION_SORTS } from '@contract/api/interaction-sorts.ts';
import type { interactionFilter, interactionSchema } from '@contract/api/interactions.ts';
import type { SearchParams } from '../../kit/search-params.ts';
import { boundsOf, rangeIn, type Span } from '../../kit/time-range.ts';

export type Interaction = z.infer<typeof interactionSchema>;
export type FilterName = keyof typeof interactionFilter;
export type InteractionSort = (typeof INTERACTION_SORTS)[number];

/** `fromMs` and `toMs` come from the range, which an address keeps as `last`, or `from` and `to`. */
const NAMES = [
  'application',
  'principal',
  'model',
  'provider',
  'outcome',
  'action',
  'refusal',
  'guardrail',
  'refusedBy',
  'rewrittenBy',
  'finding',
  'scanner',
  'policy',
  'event',
  'endpoint',
  'stream',
  'demo',
  'minTotalMs',
  'maxTotalMs',
  'minCostMicros',
  'text',
] as const satisfies readonly FilterName[];

export type InteractionQuery = Readonly<Record<string, string>>;

export function sortIn(search: SearchParams): InteractionSort {
  return INTERACTION_SORTS.find((each) => each === search['sort']) ?? '-at';
}

/** All but the stretch of time. */
export function filtersIn(search: SearchParams): InteractionQuery {
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = search[name];
      return value === undefined || value === '' ? [] : [[name, value]];
    }),
  );
}

/** What has not ended yet has no end: what comes now belongs to it. */
export function timesIn(search: SearchParams, otherwise?: Span): InteractionQuery {
  const range = rangeIn(search, otherwise);
  const { fromMs, toMs } = boundsOf(range);
  return { fromMs: String(fromMs), ...(range.kind === 'between' ? { toMs: String(toMs) } : {}) };
}

/** Where the records behind a number are, below `/console`. */
export function activityLink(filter: Readonly<Record<string, string | undefined>>): string {
  const { fromMs, toMs, ...rest } = filter;
  const set = Object.entries({ ...rest, from: fromMs, to: toMs }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  return set.length === 0 ? '/activity' : `/activity?${new URLSearchParams(set).toString()}`;
}
