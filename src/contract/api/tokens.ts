/** Access tokens: what one's own programs sign in with. */
import { z } from 'zod';
import { defineOperations } from './operation.ts';
import { instant } from './page.ts';
import { PERMISSION_NAMES } from './permissions.ts';
import { displayName } from './sign-in.ts';

const tokenSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** The first characters, to recognize it by: `bza_a1b2c3`. */
  hint: z.string(),
  /** Null: all that its administrator may do. */
  permissions: z.array(z.enum(PERMISSION_NAMES)).nullable(),
  createdAtMs: instant,
  expiresAtMs: instant,
  lastUsedAtMs: instant.nullable(),
});

export const tokenOperations = defineOperations({
  listTokens: {
    method: 'GET',
    path: '/account/tokens',
    summary: 'My access tokens, latest first: never what they are',
    permission: 'signed-in',
    answer: z.strictObject({ items: z.array(tokenSchema) }),
  },
  createToken: {
    method: 'POST',
    path: '/account/tokens',
    summary: 'Make an access token; it is shown once',
    permission: 'signed-in',
    body: z.strictObject({
      name: displayName,
      expiresInDays: z.int().min(1).max(366),
      /** May do no more than these, whatever its administrator may; absent: all that they may. */
      permissions: z.array(z.enum(PERMISSION_NAMES)).min(1).optional(),
    }),
    answer: z.strictObject({ ...tokenSchema.shape, token: z.string() }),
    status: 201,
    refusals: ['fresh_sign_in_needed', 'unacceptable'],
  },
  revokeToken: {
    method: 'DELETE',
    path: '/account/tokens/{id}',
    summary: 'This token opens nothing any more',
    permission: 'signed-in',
    parameters: z.strictObject({ id: z.string().max(200) }),
  },
});
