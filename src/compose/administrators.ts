/** Furnishes the administrators' room: with the record, a key of the house, and what the tree says of signing in. */
import { BUILT_IN_ROLES } from '../contract/api/permissions.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { Assignment } from '../domain/administrator.ts';
import {
  createAdministrators,
  type Administrators,
  type SignInSettings,
} from '../governance/administrators/administrators.ts';
import type { Office } from './office.ts';

const MINUTE_MS = 60_000;

export function furnishAdministrators(
  { stores, audit, clock, keyring }: Office,
  configuration: () => Configuration,
  onFault: (error: unknown) => void,
): Administrators {
  return createAdministrators({
    store: stores.administrators,
    append: audit.append,
    clock,
    settings: () => signInSettings(configuration()),
    key: keyring.houseKey('sign-in'),
    problemOf: (assignment) => assignmentProblem(configuration(), assignment),
    onFault,
  });
}

function assignmentProblem(
  { groups, applications }: Configuration,
  { role, scope }: Assignment,
): string | undefined {
  if (!Object.hasOwn(BUILT_IN_ROLES, role)) return `there is no role "${role}"`;
  if (scope.kind === 'organization') return undefined;
  const known = scope.kind === 'group' ? groups : applications;
  return Object.hasOwn(known, scope.id) ? undefined : `there is no ${scope.kind} "${scope.id}"`;
}

export function signInSettings({ organization, sign_in }: Configuration): SignInSettings {
  return {
    organization,
    publicOrigin: sign_in.public_url === undefined ? undefined : new URL(sign_in.public_url).origin,
    password: sign_in.passwords,
    passkey: sign_in.passkeys,
    idleMs: sign_in.idle_minutes * MINUTE_MS,
    absoluteMs: sign_in.absolute_hours * 60 * MINUTE_MS,
  };
}
