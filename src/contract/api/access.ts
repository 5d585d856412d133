/** Who may use what: groups, principals, applications, policies, issuers of tokens; and why a decision is what it is. */
import { z } from 'zod';
import {
  applicationSchema,
  groupSchema,
  issuerSchema,
  policySchema,
  principalSchema,
} from '../configuration.ts';
import { defineOperations } from './operation.ts';
import { part } from './part.ts';

const CONFIGURED = { read: 'configuration.read', write: 'access.write' } as const;

const groups = part({ path: '/groups', one: 'a group', many: 'groups', value: groupSchema, ...CONFIGURED });
const principals = part({
  path: '/principals',
  one: 'a principal: a person, service or agent',
  many: 'principals',
  value: principalSchema,
  ...CONFIGURED,
});
const applications = part({
  path: '/applications',
  one: 'an application',
  many: 'applications',
  value: applicationSchema,
  ...CONFIGURED,
});
const policies = part({
  path: '/policies',
  one: 'a policy',
  many: 'policies',
  value: policySchema,
  ...CONFIGURED,
});
const issuers = part({
  path: '/issuers',
  one: 'an issuer of tokens',
  many: 'issuers of tokens',
  value: issuerSchema,
  ...CONFIGURED,
});

export const accessQuestionSchema = z.strictObject({
  principal: z.strictObject({ kind: z.enum(['person', 'service', 'agent']), id: z.string().min(1).max(128) }),
  application: z.string().min(1).max(128),
  model: z.string().min(1).max(256),
  /** Groups beside those that are configured for the principal: as a token would bring them. */
  groups: z.array(z.string().max(128)).max(100).default([]),
});

const decisionSchema = z.strictObject({
  provider: z.string(),
  providerModel: z.string(),
  decision: z.enum(['permitted', 'forbidden', 'not_permitted', 'undecidable']),
  policies: z.array(z.string()),
});

export const accessAnswerSchema = z.strictObject({
  /** Whether a request would be let to any provider, as far as policy and gates go. */
  permitted: z.boolean(),
  /** In one sentence. */
  reason: z.string(),
  /** Of each candidate of the model, in the order in which they are tried. */
  routes: z.array(decisionSchema),
  mayReidentify: z.boolean(),
  /** Gates of the application, and whether the person has passed them. */
  gates: z.array(z.strictObject({ gate: z.string(), passed: z.boolean(), until: z.string().nullable() })),
  /** Limits that would be charged. */
  limits: z.array(z.string()),
  guardrails: z.strictObject({ request: z.array(z.string()), response: z.array(z.string()) }),
});

const problemAt = z.strictObject({
  message: z.string(),
  line: z.int().nullable(),
  column: z.int().nullable(),
});

/** What an issuer's documents say, read as they are read when its tokens come. */
export const issuerExaminationSchema = z.strictObject({
  /** Whether tokens of at least one of its algorithms could be verified. */
  usable: z.boolean(),
  /** Where its keys are; null where that could not be learned. */
  jwksUri: z.string().nullable(),
  keys: z.array(
    z.strictObject({ id: z.string().nullable(), type: z.string(), algorithm: z.string().nullable() }),
  ),
  /** Each algorithm that is permitted, with how many of the keys verify it. */
  algorithms: z.array(z.strictObject({ algorithm: z.string(), keys: z.int() })),
  /** At which document it failed, and a code: `address_forbidden`, `http_404`, `another_issuer`. */
  failure: z.strictObject({ at: z.enum(['discovery', 'keys']), reason: z.string() }).nullable(),
  milliseconds: z.number(),
});

export const accessOperations = defineOperations({
  listGroups: groups.list,
  getGroup: groups.get,
  createGroup: groups.create,
  changeGroup: groups.change,
  removeGroup: groups.remove,
  listPrincipals: principals.list,
  getPrincipal: principals.get,
  createPrincipal: principals.create,
  changePrincipal: principals.change,
  removePrincipal: principals.remove,
  listApplications: applications.list,
  getApplication: applications.get,
  createApplication: applications.create,
  changeApplication: applications.change,
  removeApplication: applications.remove,
  listPolicies: policies.list,
  getPolicy: policies.get,
  createPolicy: policies.create,
  changePolicy: policies.change,
  removePolicy: policies.remove,
  listPolicyVersions: policies.versions,
  listIssuers: issuers.list,
  getIssuer: issuers.get,
  createIssuer: issuers.create,
  changeIssuer: issuers.change,
  removeIssuer: issuers.remove,
  testIssuer: {
    method: 'POST',
    path: '/issuers/test',
    summary:
      'Read the discovery document and the keys of an issuer, as it is or while it is being written; nothing is kept',
    permission: 'access.write',
    over: 'organization',
    body: z.strictObject({ value: issuerSchema }),
    answer: issuerExaminationSchema,
  },
  explainAccess: {
    method: 'POST',
    path: '/access/explain',
    summary:
      'Who can use what, and why: the decision for one principal and model, with the policies behind it',
    permission: 'configuration.read',
    body: accessQuestionSchema,
    answer: accessAnswerSchema,
    refusals: ['not_found'],
  },
  checkPolicy: {
    method: 'POST',
    path: '/policies/check',
    summary: 'What is wrong with the text of a policy, while it is being written; nothing is changed',
    permission: 'configuration.read',
    body: z.strictObject({ cedar: z.string().max(100_000) }),
    answer: z.strictObject({ problems: z.array(problemAt) }),
  },
});
