/** Refusals explain themselves and can be contested: objections of members, and the answers to them. */
import { z } from 'zod';
import { defineOperations } from './operation.ts';
import { instant, pageOf, pageQuery } from './page.ts';

const words = z.string().trim().min(1).max(4_000);
const CONTEST_STATES = ['open', 'upheld', 'granted'] as const;

const contestSchema = z.strictObject({
  id: z.string(),
  /** `req_…` of what is contested. */
  interaction: z.string(),
  /** Its entry in the record. */
  index: z.int(),
  application: z.string().nullable(),
  refusal: z.string().nullable(),
  /** Guardrails or policies that spoke. */
  by: z.array(z.string()),
  principal: z.string(),
  message: z.string(),
  atMs: instant,
  state: z.enum(CONTEST_STATES),
  answer: z.string().nullable(),
  decidedBy: z.string().nullable(),
  decidedAtMs: instant.nullable(),
});

const query = z.strictObject({ ...pageQuery, state: z.enum(CONTEST_STATES).optional() });

export const contestOperations = defineOperations({
  contestRefusal: {
    method: 'POST',
    path: '/contests',
    summary: 'Object to what was refused or rewritten of one’s own request',
    permission: 'workbench.use',
    body: z.strictObject({ interaction: z.string().min(1).max(200), message: words }),
    answer: contestSchema,
    status: 201,
    refusals: ['not_found', 'conflict', 'unacceptable'],
  },
  listOwnContests: {
    method: 'GET',
    path: '/contests/own',
    summary: 'What I have objected to, and what was answered',
    permission: 'workbench.use',
    query,
    answer: pageOf(contestSchema),
  },
  listContests: {
    method: 'GET',
    path: '/contests',
    summary: 'What people object to, newest first',
    permission: 'contests.read',
    query,
    answer: pageOf(contestSchema),
  },
  decideContest: {
    method: 'POST',
    path: '/contests/{id}/decision',
    summary: 'Answer somebody else’s objection',
    permission: 'contests.decide',
    parameters: z.strictObject({ id: z.string().min(1).max(200) }),
    body: z.strictObject({
      /** `upheld`: the refusal stays. `granted`: it was wrong. */
      decision: z.enum(['upheld', 'granted']),
      answer: words,
    }),
    answer: contestSchema,
    refusals: ['conflict'],
  },
});
