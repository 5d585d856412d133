/** Roles that the tree gives to a directory's groups: over what, and what is wrong with them. */
import type { Configuration } from '../contract/configuration.ts';
import type { AdministrationScope } from '../domain/administrator.ts';
import { rolesOf } from '../governance/authorization/authorization.ts';
import type { Problem } from '../governance/configuration/configuration.ts';

type GivenRole = Configuration['provisioning']['roles'][number];

export function scopeOf(scope: GivenRole['scope']): AdministrationScope {
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
