/** Furnishes the administrators' room: with the record, a key of the house, and what the tree says of signing in. */
import { BUILT_IN_ROLES } from '../contract/api/permissions.ts';
import type { Configuration } from '../contract/configuration.ts';
import type { Assignment } from '../domain/administrator.ts';
import {
  createAdministrators,
  type BackChannel,
  type Administrators,
  type ProviderSettings,
  type SignInSettings,
} from '../governance/administrators/administrators.ts';
import type { SecretReference } from '../modules/scanning/scanner.ts';
import type { Office } from './office.ts';

const MINUTE_MS = 60_000;

export interface AdministratorMeans {
  readonly configuration: () => Configuration;
  readonly secretOf: (reference: SecretReference) => Promise<string>;
  readonly backChannel: BackChannel;
  readonly onFault: (error: unknown) => void;
}

export function furnishAdministrators(
  { stores, audit, clock, keyring }: Office,
  means: AdministratorMeans,
): Administrators {
  const { configuration, backChannel, onFault } = means;
  return createAdministrators({
    store: stores.administrators,
    append: audit.append,
    clock,
    settings: () => signInSettings(configuration(), means.secretOf),
    key: keyring.houseKey('sign-in'),
    problemOf: (assignment) => assignmentProblem(configuration(), assignment),
    backChannel,
    onFault,
  });
}

function assignmentProblem(
  { groups, applications, roles }: Configuration,
  { role, scope }: Assignment,
): string | undefined {
  if (!Object.hasOwn(BUILT_IN_ROLES, role) && !Object.hasOwn(roles, role))
    return `there is no role "${role}"`;
  if (scope.kind === 'organization') return undefined;
  const known = scope.kind === 'group' ? groups : applications;
  return Object.hasOwn(known, scope.id) ? undefined : `there is no ${scope.kind} "${scope.id}"`;
}

export function signInSettings(
  { organization, sign_in }: Configuration,
  secretOf: AdministratorMeans['secretOf'],
): SignInSettings {
  return {
    organization,
    publicOrigin: sign_in.public_url === undefined ? undefined : new URL(sign_in.public_url).origin,
    password: sign_in.passwords,
    passkey: sign_in.passkeys,
    idleMs: sign_in.idle_minutes * MINUTE_MS,
    providers: new Map(
      Object.entries(sign_in.providers).map(([id, each]) => [id, providerSettings(id, each, secretOf)]),
    ),
    absoluteMs: sign_in.absolute_hours * 60 * MINUTE_MS,
  };
}

type Provider = Configuration['sign_in']['providers'][string];

function providerSettings(
  id: string,
  given: Provider,
  secretOf: AdministratorMeans['secretOf'],
): ProviderSettings {
  const { client_secret: reference, default_role: otherwise } = given;
  return {
    title: given.title ?? id,
    issuer: given.issuer,
    clientId: given.client_id,
    scopes: given.scopes,
    idClaim: given.id_claim,
    nameClaim: given.name_claim,
    groupsClaim: given.groups_claim,
    allowPrivateNetwork: given.allow_private_network,
    linksAccounts: given.link_accounts,
    roles: given.roles.map(({ group, ...role }) => ({ group, assignment: assignmentOf(role) })),
    ...(reference === undefined
      ? {}
      : { clientSecret: { name: JSON.stringify(reference), read: () => secretOf(reference) } }),
    ...(otherwise === undefined ? {} : { defaultAssignment: assignmentOf(otherwise) }),
  };
}

function assignmentOf({ role, scope }: NonNullable<Provider['default_role']>): Assignment {
  if (scope === 'organization') return { role, scope: { kind: 'organization' } };
  return 'group' in scope
    ? { role, scope: { kind: 'group', id: scope.group } }
    : { role, scope: { kind: 'application', id: scope.application } };
}
