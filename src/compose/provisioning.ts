/** Furnishes provisioning: a directory's people become accounts, and its groups the roles that the tree gives them. */
import type { Configuration } from '../contract/configuration.ts';
import type { AdministrationScope, Assignment } from '../domain/administrator.ts';
import type { Administrators } from '../governance/administrators/administrators.ts';
import { rolesOf } from '../governance/authorization/authorization.ts';
import type { Problem } from '../governance/configuration/configuration.ts';
import { createProvisioning, type Provisioning } from '../governance/provisioning/provisioning.ts';
import type { Office } from './office.ts';

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

type GivenRole = Configuration['provisioning']['roles'][number];

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

function scopeOf(scope: GivenRole['scope']): AdministrationScope {
  if (scope === 'organization') return { kind: 'organization' };
  return 'group' in scope
    ? { kind: 'group', id: scope.group }
    : { kind: 'application', id: scope.application };
}

/** Roles, applications and groups that are not there: who is in such a group would hold less than it says. */
export function provisioningProblems(configuration: Configuration): readonly Problem[] {
  const roles = rolesOf(configuration);
  return configuration.provisioning.roles.flatMap((given, index) => {
    const path = ['provisioning', 'roles', index];
    const scope = scopeOf(given.scope);
    const isScopeKnown =
      scope.kind === 'organization' ||
      Object.hasOwn(scope.kind === 'group' ? configuration.groups : configuration.applications, scope.id);
    return [
      ...(roles.has(given.role)
        ? []
        : [{ path: [...path, 'role'], message: `there is no role ${given.role}` }]),
      ...(isScopeKnown
        ? []
        : [{ path: [...path, 'scope'], message: `there is no ${scope.kind} ${scope.id}` }]),
    ];
  });
}
