/** A principal with the groups that the tree gives it. */
import type { Configuration } from '../../contract/configuration.ts';
import { isGuardrailPrincipal, type Principal, type PrincipalKind } from '../../domain/principal.ts';
import { Refusal } from '../../domain/refusal.ts';

/**
 * One that the tree does not name, or names as another kind, is in no group of the tree.
 * @throws Refusal `invalid_credential` for a guardrail's principal: what policy permits a guardrail is nobody else's
 */
export function principalOf(
  { principals }: Pick<Configuration, 'principals'>,
  kind: PrincipalKind,
  id: string,
  moreGroups: readonly string[] = [],
): Principal {
  if (isGuardrailPrincipal(kind, id))
    throw new Refusal('invalid_credential', 'nobody but a guardrail may be service:guardrail/…');
  const configured = Object.hasOwn(principals, id) ? principals[id] : undefined;
  const groups = configured?.kind === kind ? configured.groups : [];
  return { kind, id, groups: moreGroups.length === 0 ? groups : [...new Set([...groups, ...moreGroups])] };
}
