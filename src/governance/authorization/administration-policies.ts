/** Turns roles, those of the house and those of the tree, and the tree's own policies into one set that Cedar decides by. */
import {
  checkPolicies,
  namedEntities,
  readPolicies,
  unknownEntities,
  type CedarProblem,
} from '../../base/cedar-policies.ts';
import { BUILT_IN_ROLES, PERMISSIONS, type Permission } from '../../contract/api/permissions.ts';
import type { Configuration } from '../../contract/configuration.ts';
import { ADMINISTRATION_SCHEMA, ORGANIZATION } from './administration-schema.ts';

/** The parts of the tree that decide who may administer what. */
export type AdministrationTree = Pick<
  Configuration,
  'roles' | 'administration_policies' | 'applications' | 'groups'
>;

export interface Role {
  readonly title: string;
  readonly description: string;
  readonly permissions: readonly Permission[];
  readonly isBuiltIn: boolean;
}

export interface AdministrationProblem {
  readonly path: readonly string[];
  readonly message: string;
  /** Line and column within the policy's own text, from 1. */
  readonly within?: { readonly line: number; readonly column: number };
}

export interface CompiledAdministration {
  readonly policies: readonly { readonly id: string; readonly text: string }[];
  /** Whether policies beside the roles' speak of it: they may treat one application unlike another. */
  readonly isSpecial: (permission: Permission) => boolean;
}

/** All roles, by name. */
export function rolesOf({ roles }: Pick<Configuration, 'roles'>): ReadonlyMap<string, Role> {
  const builtIn = Object.entries(BUILT_IN_ROLES).map(
    ([name, role]) => [name, { ...role, isBuiltIn: true }] as const,
  );
  const custom = Object.entries(roles)
    // The house's own names are never taken over, whatever a stored tree says.
    .filter(([name]) => !Object.hasOwn(BUILT_IN_ROLES, name))
    .map(([name, role]) => [name, { ...role, isBuiltIn: false }] as const);
  return new Map<string, Role>([...builtIn, ...custom]);
}

/** Never throws: everything that is wrong is told at once. */
export function compileAdministration(tree: AdministrationTree): {
  readonly compiled: CompiledAdministration;
  readonly problems: readonly AdministrationProblem[];
} {
  const texts = Object.fromEntries(
    Object.entries(tree.administration_policies).map(([key, { cedar }]) => [key, cedar]),
  );
  const { policies: own, problems } = readPolicies(texts);
  const roles = rolesOf(tree);
  const known: Readonly<Record<string, object>> = {
    Application: tree.applications,
    Group: tree.groups,
    Role: Object.fromEntries(roles),
    Organization: { [ORGANIZATION]: true },
    Action: PERMISSIONS,
  };
  return {
    compiled: {
      policies: [...rolePolicies(roles), ...own.map(({ id, text }) => ({ id, text }))],
      isSpecial: (permission) => own.some(({ json }) => speaksOf(json, permission)),
    },
    problems: [
      ...problems,
      ...checkPolicies(own, texts, ADMINISTRATION_SCHEMA),
      ...own.flatMap((policy) => unknownEntities(policy, texts, known, 'there')),
    ].map(inTree),
  };
}

/** No name of the tree holds a space, so that a role's policy is never taken for one of the tree. */
function rolePolicies(roles: ReadonlyMap<string, Role>) {
  return [...roles]
    .filter(([, { permissions }]) => permissions.length > 0)
    .map(([name, { permissions }]) => {
      const actions = permissions.map((permission) => `Action::${JSON.stringify(permission)}`).join(', ');
      const text = `permit (principal in Role::${JSON.stringify(name)}, action in [${actions}], resource);`;
      return { id: `role ${name}`, text };
    });
}

/** More often than it need be, never less. */
function speaksOf(policy: unknown, permission: Permission): boolean {
  if (typeof policy !== 'object' || policy === null || !('action' in policy)) return true;
  const actions = namedEntities(policy.action);
  return actions.length === 0 || actions.some(({ id }) => id === permission);
}

function inTree({ key, ...problem }: CedarProblem): AdministrationProblem {
  const path = ['administration_policies'];
  return { path: key === undefined ? path : [...path, key, 'cedar'], ...problem };
}
