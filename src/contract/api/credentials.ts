/** Credentials of applications: shown once when they are made, and kept as hashes. */
import { z } from 'zod';
import { SCOPES } from '../../domain/principal.ts';
import { defineOperations } from './operation.ts';
import { instant, pageOf, pageQuery } from './page.ts';

export const credentialSchema = z.strictObject({
  id: z.string(),
  /** The first characters of the key, to tell it from others. */
  hint: z.string(),
  application: z.string(),
  principal: z.strictObject({ kind: z.enum(['person', 'service', 'agent']), id: z.string() }),
  scopes: z.array(z.enum(SCOPES)),
  createdAtMs: instant,
  expiresAtMs: instant.nullable(),
  revokedAtMs: instant.nullable(),
  /** Id of the one that took its place. */
  replacedBy: z.string().nullable(),
  state: z.enum(['in_force', 'expired', 'revoked', 'replaced']),
});

/** `key` is shown this once: it is stored nowhere. */
const created = z.strictObject({ key: z.string(), credential: credentialSchema });
const path = z.strictObject({ id: z.string().min(1).max(128) });
const YEAR_MS = 366 * 86_400_000;

export const credentialOperations = defineOperations({
  listCredentials: {
    method: 'GET',
    path: '/credentials',
    summary: 'Credentials of applications, newest first: never the keys themselves',
    permission: 'credentials.read',
    query: z.strictObject({
      ...pageQuery,
      application: z.string().max(128).optional(),
      state: z.enum(['in_force', 'expired', 'revoked', 'replaced']).optional(),
    }),
    answer: pageOf(credentialSchema),
  },
  createCredential: {
    method: 'POST',
    path: '/credentials',
    summary: 'Make a credential; its key is shown this once',
    permission: 'credentials.write',
    body: z.strictObject({
      application: z.string().min(1).max(128),
      principal: z.strictObject({
        kind: z.enum(['person', 'service', 'agent']),
        id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/, 'the id of a principal'),
      }),
      scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
      /** From now; null: until it is revoked. */
      expiresInMs: z
        .int()
        .min(60_000)
        .max(5 * YEAR_MS)
        .nullable()
        .default(null),
    }),
    answer: created,
    status: 201,
    refusals: ['not_found'],
  },
  rotateCredential: {
    method: 'POST',
    path: '/credentials/{id}/rotate',
    summary: 'Make another one with the same rights; the old one works on for a while',
    permission: 'credentials.write',
    parameters: path,
    body: z.strictObject({
      overlapMs: z
        .int()
        .min(0)
        .max(30 * 86_400_000)
        .default(86_400_000),
    }),
    answer: created,
    status: 201,
    refusals: ['conflict'],
  },
  revokeCredential: {
    method: 'POST',
    path: '/credentials/{id}/revoke',
    summary: 'End a credential at once',
    permission: 'credentials.write',
    parameters: path,
    answer: credentialSchema,
  },
});
