/** What a permission may reach, as Cedar sees it, and who is an administrator of it by which roles. */
import type { EntityJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { CedarQuestion } from '../../base/cedar-engine.ts';
import type { Permission } from '../../contract/api/permissions.ts';
import type { AdministrationScope, SignedIn } from '../../domain/administrator.ts';
import type { AdministrationTree } from './administration-policies.ts';
import { ORGANIZATION } from './administration-schema.ts';

export interface Resource {
  readonly kind: 'organization' | 'group' | 'application';
  readonly id: string;
  /** The groups it is in. */
  readonly groups: readonly string[];
  readonly entity: EntityJson;
}

const TYPES = { organization: 'Organization', group: 'Group', application: 'Application' } as const;
const TOP = { type: 'Organization', id: ORGANIZATION };

function resourceOf(
  kind: Resource['kind'],
  id: string,
  groups: readonly string[],
  attrs: EntityJson['attrs'],
): Resource {
  const parents = [
    ...(kind === 'organization' ? [] : [TOP]),
    ...groups.map((group) => ({ type: 'Group', id: group })),
  ];
  return { kind, id, groups, entity: { uid: { type: TYPES[kind], id }, attrs, parents } };
}

export const WHOLE_ORGANIZATION = resourceOf('organization', ORGANIZATION, [], {});

/** All that is configured. What is recorded of an application that is there no more is reached with everything alone. */
export function resourcesOf({ applications, groups }: AdministrationTree): readonly Resource[] {
  return [
    ...Object.keys(groups).map((id) => resourceOf('group', id, [], {})),
    ...Object.entries(applications).map(([id, application]) =>
      resourceOf('application', id, application.groups, {
        owners: [...application.owners],
        purpose: application.purpose,
        data_class: application.data_class,
      }),
    ),
  ];
}

export function contains(scope: AdministrationScope, resource: Resource): boolean {
  if (scope.kind === 'organization') return true;
  return (
    (resource.kind === scope.kind && resource.id === scope.id) ||
    (scope.kind === 'group' && resource.groups.includes(scope.id))
  );
}

export function questionOf(signedIn: SignedIn, permission: Permission, resource: Resource): CedarQuestion {
  const { administrator, by, methods } = signedIn;
  const roles = administrator.assignments
    .filter(({ scope }) => contains(scope, resource))
    .map(({ role }) => role);
  const principal = { type: 'Administrator', id: administrator.id };
  const parents = [...new Set(roles)].map((id) => ({ type: 'Role', id }));
  return {
    principal,
    action: permission,
    resource: { type: TYPES[resource.kind], id: resource.id },
    context: { by, methods: [...methods] },
    entities: [
      { uid: principal, attrs: {}, parents },
      resource.entity,
      // What it is in is in the organization too.
      ...resource.groups.map((id) => ({ uid: { type: 'Group', id }, attrs: {}, parents: [TOP] })),
    ],
  };
}
