/** What administrators did, as the record has it. */
import { z } from 'zod';
import { totalSchema } from './interactions.ts';
import { defineOperations } from './operation.ts';
import { commaSeparated, instant, pageQuery, queryInstant } from './page.ts';

export const administrationSchema = z.strictObject({
  id: z.string(),
  index: z.int(),
  atMs: instant,
  /** `configuration.apply`, `key.create`, … */
  action: z.string(),
  subject: z.string(),
  /** Null where it cannot be known any more. */
  actor: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  reason: z.string().nullable(),
  changes: z.array(z.string()),
});

export const administrationOperations = defineOperations({
  listAdministration: {
    method: 'GET',
    path: '/administration',
    summary: 'What administrators did, newest first',
    permission: 'audit.read',
    over: 'organization',
    query: z.strictObject({
      ...pageQuery,
      action: commaSeparated.optional(),
      /** Exactly, as the record names them. */
      actor: z.string().min(1).max(512).optional(),
      subject: z.string().min(1).max(512).optional(),
      fromMs: queryInstant.optional(),
      toMs: queryInstant.optional(),
    }),
    answer: z.strictObject({
      items: z.array(administrationSchema),
      next: z.string().nullable(),
      total: totalSchema.nullable(),
    }),
  },
});
