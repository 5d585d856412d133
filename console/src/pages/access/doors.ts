/** Groups, principals, applications, policies and issuers: what each holds, how it is read and changed, and what a new one begins with. */
import { partDoor, type ValueOf } from '../../part-editing/part-door.ts';
import type { Held } from '../../part-editing/part-draft.ts';

export type GroupValue = ValueOf<'Group'>;
export type PrincipalValue = ValueOf<'Principal'>;
export type ApplicationValue = ValueOf<'Application'>;
export type PolicyValue = ValueOf<'Policy'>;
export type IssuerValue = ValueOf<'Issuer'>;

export type Group = Held<GroupValue>;
export type Principal = Held<PrincipalValue>;
export type Application = Held<ApplicationValue>;
export type Policy = Held<PolicyValue>;
export type Issuer = Held<IssuerValue>;

export const groupDoor = partDoor('Group', ['listGroups']);
export const principalDoor = partDoor('Principal', ['listPrincipals']);
export const applicationDoor = partDoor('Application', ['listApplications']);
export const policyDoor = partDoor('Policy', ['listPolicies', 'listPolicyVersions']);
export const issuerDoor = partDoor('Issuer', ['listIssuers']);

export const NEW_GROUP: GroupValue = { description: '' };
export const NEW_PRINCIPAL: PrincipalValue = { kind: 'person', groups: [], gates: {} };
export const NEW_APPLICATION: ApplicationValue = {
  owners: [],
  purpose: '',
  data_class: 'internal',
  models: ['*'],
  groups: [],
  gates: [],
  capture: 'none',
  record: 'before_release',
  regimes: [],
};
export const NEW_ISSUER: IssuerValue = {
  issuer: '',
  audience: '',
  algorithms: ['RS256'],
  allow_private_network: false,
  principal_claim: 'sub',
  principal_kind: 'person',
  groups_claim: 'groups',
  scopes: ['inference'],
};
