/** Those who administer the house: invited, given roles, locked out, removed. */
import { z } from 'zod';
import { defineOperations } from './operation.ts';
import { instant, pageOf, pageQuery } from './page.ts';
import { assignmentSchema } from './session.ts';
import { administratorId, displayName } from './sign-in.ts';

const assignments = z.array(assignmentSchema).max(200);
const byId = z.strictObject({ id: z.string().max(200) });
const STATUSES = ['active', 'invited', 'disabled'] as const;

const administratorSchema = z.strictObject({
  id: z.string(),
  displayName: z.string(),
  status: z.enum(STATUSES),
  /** `local`, or the name of the identity provider that vouches for them. */
  source: z.string(),
  /** Their own: what they hold by their groups is not here. */
  assignments: z.array(assignmentSchema),
  /** What the groups at their identity provider gave at the last sign-in. */
  providerAssignments: z.array(assignmentSchema),
  hasPassword: z.boolean(),
  hasTotp: z.boolean(),
  passkeys: z.int(),
  createdAtMs: instant,
  lastSignInAtMs: instant.nullable(),
  etag: z.string(),
});

/** Shown once. */
const invitationSchema = z.strictObject({
  /** To be put behind the console's address: `/console/welcome#…` */
  path: z.string(),
  expiresAtMs: instant,
});

export const administratorOperations = defineOperations({
  listAdministrators: {
    method: 'GET',
    path: '/administrators',
    summary: 'Who administers the house, by id',
    permission: 'administrators.read',
    over: 'organization',
    query: z.strictObject({
      ...pageQuery,
      /** Part of an id or a name. */
      search: z.string().max(200).optional(),
      status: z.enum(STATUSES).optional(),
      role: z.string().max(128).optional(),
    }),
    answer: pageOf(administratorSchema),
  },
  getAdministrator: {
    method: 'GET',
    path: '/administrators/{id}',
    summary: 'One administrator',
    permission: 'administrators.read',
    over: 'organization',
    etag: 'gives',
    parameters: byId,
    answer: administratorSchema,
  },
  inviteAdministrator: {
    method: 'POST',
    path: '/administrators',
    summary: 'Invite somebody: gives a link for them, which is shown once',
    permission: 'administrators.write',
    over: 'organization',
    body: z.strictObject({ id: administratorId, displayName: displayName.optional(), assignments }),
    answer: z.strictObject({ administrator: administratorSchema, invitation: invitationSchema }),
    status: 201,
    refusals: ['conflict', 'unacceptable'],
  },
  renewInvitation: {
    method: 'POST',
    path: '/administrators/{id}/invitation',
    summary: 'A new link, for somebody who was invited or has forgotten the password; earlier ones are void',
    permission: 'administrators.write',
    over: 'organization',
    parameters: byId,
    answer: invitationSchema,
    refusals: ['conflict'],
  },
  updateAdministrator: {
    method: 'PATCH',
    path: '/administrators/{id}',
    summary: 'Change name or roles, disable or enable',
    description:
      'Where roles or state change, their sessions end. Your own goes on under a new cookie: ask `getSession` again.',
    permission: 'administrators.write',
    over: 'organization',
    etag: 'needs',
    parameters: byId,
    body: z.strictObject({
      displayName: displayName.optional(),
      assignments: assignments.optional(),
      disabled: z.boolean().optional(),
    }),
    answer: administratorSchema,
    refusals: ['conflict', 'unacceptable'],
  },
  resetAdministratorFactors: {
    method: 'POST',
    path: '/administrators/{id}/reset-factors',
    summary: 'Forget their authenticator, passkeys and recovery codes, and end their sessions',
    permission: 'administrators.write',
    over: 'organization',
    parameters: byId,
  },
  endAdministratorSessions: {
    method: 'POST',
    path: '/administrators/{id}/end-sessions',
    summary: 'Sign them out everywhere',
    permission: 'administrators.write',
    over: 'organization',
    parameters: byId,
    answer: z.strictObject({ ended: z.int() }),
  },
  removeAdministrator: {
    method: 'DELETE',
    path: '/administrators/{id}',
    summary: 'Remove an administrator, with sessions and tokens',
    permission: 'administrators.write',
    over: 'organization',
    etag: 'needs',
    parameters: byId,
    refusals: ['conflict'],
  },
});
