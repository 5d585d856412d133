/** Whose counters limits may have: those that the tree names, and those that were seen. */
import type { Configuration } from '../../contract/configuration.ts';
import { reachesApplication, type Reach } from '../../domain/administrator.ts';
import type { CountedScopes } from '../../modules/limits/limits.ts';
import type { UsageRow } from './cost.ts';

export function countedScopes(
  { applications, groups, models, providers, principals }: Configuration,
  seen: readonly UsageRow[],
  reach: Reach,
): CountedScopes {
  const own = seen.filter(({ application }) => reachesApplication(reach, application));
  const isAll = reach.kind === 'everything';
  return {
    applications: Object.keys(applications).filter((each) => reachesApplication(reach, each)),
    groups: isAll ? Object.keys(groups) : [],
    models: isAll ? [...new Set([...Object.keys(models), ...own.map(({ model }) => model)])] : [],
    providers: isAll ? Object.keys(providers) : [],
    principals: [
      ...new Set([
        ...(isAll ? Object.entries(principals).map(([id, { kind }]) => `${kind}:${id}`) : []),
        ...own.map(({ principal }) => principal),
      ]),
    ],
  };
}
