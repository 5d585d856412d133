/** Signing in, and who has signed in. */
import { z } from 'zod';
import { defineOperations } from './operation.ts';
import { PERMISSION_NAMES } from './permissions.ts';
import { instant } from './page.ts';

export const scopeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('organization') }),
  z.strictObject({ kind: z.literal('group'), id: z.string().max(128) }),
  z.strictObject({ kind: z.literal('application'), id: z.string().max(128) }),
]);

export const assignmentSchema = z.strictObject({ role: z.string().max(128), scope: scopeSchema });

export const sessionSchema = z.strictObject({
  administrator: z.strictObject({
    id: z.string(),
    displayName: z.string(),
    assignments: z.array(assignmentSchema),
  }),
  /** What they may do anywhere at all; where exactly, each operation says. */
  permissions: z.array(z.enum(PERMISSION_NAMES)),
  /** Those of them that reach the whole organization: what is about the house as a whole needs that. */
  everywhere: z.array(z.enum(PERMISSION_NAMES)),
  /** How they proved who they are: `password`, `totp`, `passkey`, `sso`, `token`. */
  methods: z.array(z.string()),
  /** Sent back as `x-bartizan-csrf` with every change. */
  csrf: z.string(),
  /** When it ends whatever happens, and when it ends unless something is asked. */
  expiresAtMs: instant,
  idleAtMs: instant,
  organization: z.string(),
});

export const sessionOperations = defineOperations({
  getSession: {
    method: 'GET',
    path: '/session',
    summary: 'Who has signed in, and what they may do',
    permission: 'signed-in',
    answer: sessionSchema,
  },
  signOut: {
    method: 'DELETE',
    path: '/session',
    summary: 'Sign out',
    permission: 'signed-in',
  },
});
