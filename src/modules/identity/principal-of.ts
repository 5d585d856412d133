/** A principal with the groups that the tree gives it. */
import type { Configuration } from '../../contract/configuration.ts';
import type { Principal, PrincipalKind } from '../../domain/principal.ts';

/** One that the tree does not name, or names as another kind, is in no group of the tree. */
export function principalOf(
  { principals }: Pick<Configuration, 'principals'>,
  kind: PrincipalKind,
  id: string,
  moreGroups: readonly string[] = [],
): Principal {
  const configured = Object.hasOwn(principals, id) ? principals[id] : undefined;
  const groups = configured?.kind === kind ? configured.groups : [];
  return { kind, id, groups: moreGroups.length === 0 ? groups : [...new Set([...groups, ...moreGroups])] };
}
