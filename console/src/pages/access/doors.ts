/** Groups, principals, applications and policies: what each holds, how it is read and changed, and what a new one begins with. */
import type { z } from 'zod';
import type {
  applicationSchema,
  groupSchema,
  policySchema,
  principalSchema,
} from '@contract/configuration.ts';
import { client } from '../../api.ts';
import type { Held, PartDoor } from '../../part-editing/part-draft.ts';

export type GroupValue = z.output<typeof groupSchema>;
export type PrincipalValue = z.output<typeof principalSchema>;
export type ApplicationValue = z.output<typeof applicationSchema>;
export type PolicyValue = z.output<typeof policySchema>;

export type Group = Held<GroupValue>;
export type Principal = Held<PrincipalValue>;
export type Application = Held<ApplicationValue>;
export type Policy = Held<PolicyValue>;

export const groupDoor: PartDoor<GroupValue> = {
  get: 'getGroup',
  rereads: ['listGroups'],
  create: (name, value) => client.call('createGroup', { body: { name, value } }),
  change: (name, value, ifMatch) => client.call('changeGroup', { path: { name }, body: { value }, ifMatch }),
  remove: (name, ifMatch) => client.call('removeGroup', { path: { name }, ifMatch }),
};

export const principalDoor: PartDoor<PrincipalValue> = {
  get: 'getPrincipal',
  rereads: ['listPrincipals'],
  create: (name, value) => client.call('createPrincipal', { body: { name, value } }),
  change: (name, value, ifMatch) =>
    client.call('changePrincipal', { path: { name }, body: { value }, ifMatch }),
  remove: (name, ifMatch) => client.call('removePrincipal', { path: { name }, ifMatch }),
};

export const applicationDoor: PartDoor<ApplicationValue> = {
  get: 'getApplication',
  rereads: ['listApplications'],
  create: (name, value) => client.call('createApplication', { body: { name, value } }),
  change: (name, value, ifMatch) =>
    client.call('changeApplication', { path: { name }, body: { value }, ifMatch }),
  remove: (name, ifMatch) => client.call('removeApplication', { path: { name }, ifMatch }),
};

export const policyDoor: PartDoor<PolicyValue> = {
  get: 'getPolicy',
  rereads: ['listPolicies', 'listPolicyVersions'],
  create: (name, value) => client.call('createPolicy', { body: { name, value } }),
  change: (name, value, ifMatch) => client.call('changePolicy', { path: { name }, body: { value }, ifMatch }),
  remove: (name, ifMatch) => client.call('removePolicy', { path: { name }, ifMatch }),
};

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
