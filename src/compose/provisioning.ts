/** Furnishes provisioning: a directory's people become accounts, and its groups the roles that the tree gives them. */
import type { Configuration } from '../contract/configuration.ts';
import type { Assignment } from '../domain/administrator.ts';
import type { Administrators } from '../governance/administrators/administrators.ts';
import { createProvisioning, type Provisioning } from '../governance/provisioning/provisioning.ts';
import type { Office } from './office.ts';
import { scopeOf } from './provisioned-roles.ts';

export function furnishProvisioning(
  { stores, audit, clock }: Office,
  administrators: Administrators,
  configuration: () => Configuration,
): Provisioning {
  const { provisioned } = administrators;
  return createProvisioning({
    store: stores.directory,
    append: audit.append,
    accounts: {
      put: (account, actor) => provisioned.put(account, configuration().provisioning.provider, actor),
      remove: provisioned.remove,
    },
    rolesOf: (groups) => assignmentsOf(configuration(), groups),
    clock,
  });
}

/** By the tree's own list, and by what the same groups give at a sign-in. */
function assignmentsOf(
  { provisioning, sign_in }: Configuration,
  groups: readonly string[],
): readonly Assignment[] {
  const named = new Set(groups);
  const { provider } = provisioning;
  const atSignIn = Object.entries(sign_in.providers).find(([name]) => name === provider)?.[1].roles ?? [];
  const given = [...provisioning.roles, ...atSignIn].filter(({ group }) => named.has(group));
  const assignments = given.map(({ role, scope }) => ({ role, scope: scopeOf(scope) }));
  const texts = assignments.map((each) => JSON.stringify(each));
  return assignments.filter((_, at) => texts.indexOf(texts[at] ?? '') === at);
}
