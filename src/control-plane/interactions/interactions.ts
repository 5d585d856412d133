/** What went through the gateway: searched, opened, exported and watched. */
import { Readable } from 'node:stream';
import type { interactionOperations } from '../../contract/api/interactions.ts';
import type { Activity } from '../../governance/activity/activity.ts';
import type { Handlers } from '../handler.ts';
import { exportedText } from './exported-text.ts';

const FACETS = [
  'application',
  'model',
  'provider',
  'outcome',
  'action',
  'refusal',
  'guardrail',
  'finding',
  'scanner',
  'policy',
  'event',
  'endpoint',
] as const;
type FacetName = (typeof FACETS)[number];
const MAX_OF_FACET = 200;

export function interactionHandlers(activity: Activity): Handlers<typeof interactionOperations> {
  return {
    listInteractions: ({ query: { cursor, limit, sort, ...filter } }, { reach }) =>
      activity.list({ filter, reach, sort, cursor, limit }),
    getInteraction: ({ path }, { reach }) => activity.get(path.id, reach),
    async exportInteractions({ query: { format, ...filter } }, { reach, signal }) {
      const pages = await activity.export(filter, reach, signal);
      return {
        filename: `interactions-${new Date().toISOString().slice(0, 19)}.${format}`,
        content: Readable.from(exportedText(pages, format)),
      };
    },
    watchInteractions: ({ query }, { reach, signal }) => activity.watch(query, reach, signal),
    async listInteractionFacets(_, { reach }) {
      const found = Map.groupBy(await activity.facets(reach), ({ field }) => field);
      const of = (name: FacetName) =>
        (found.get(name) ?? []).slice(0, MAX_OF_FACET).map(({ value, count }) => ({ value, count }));
      // One for each name of the list.
      return Object.fromEntries(FACETS.map((name) => [name, of(name)])) as Record<
        FacetName,
        ReturnType<typeof of>
      >;
    },
  };
}
