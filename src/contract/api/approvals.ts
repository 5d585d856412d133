/** Two pairs of eyes: asking to read what was said, and saying yes or no to somebody else. */
import { z } from 'zod';
import { defineOperations } from './operation.ts';
import { instant, pageOf, pageQuery } from './page.ts';

const APPROVAL_STATES = ['pending', 'approved', 'declined', 'expired'] as const;

const approvalSchema = z.strictObject({
  id: z.string(),
  /** Id of the interaction: the approval is for all that is captured of it. */
  interaction: z.string(),
  index: z.int(),
  application: z.string().nullable(),
  requester: z.string(),
  reason: z.string(),
  atMs: instant,
  state: z.enum(APPROVAL_STATES),
  /** When a pending request lapses, or when an approval ends. */
  expiresAtMs: instant,
  decidedBy: z.string().nullable(),
  decidedAtMs: instant.nullable(),
  decisionReason: z.string().nullable(),
  /** Whether the one who asks may decide it: it waits, and is somebody else's. */
  isMineToDecide: z.boolean(),
});

export const approvalOperations = defineOperations({
  requestApproval: {
    method: 'POST',
    path: '/approvals',
    summary: 'Ask a second person to let me read one interaction',
    permission: 'content.read',
    body: z.strictObject({
      /** Of an entry of the interaction. */
      index: z.int().min(0),
      reason: z.string().trim().min(1).max(2_000),
    }),
    answer: approvalSchema,
    status: 201,
    refusals: ['not_found', 'conflict'],
  },
  listApprovals: {
    method: 'GET',
    path: '/approvals',
    summary: 'What I have asked for, and what I may decide, newest first',
    permission: 'signed-in',
    query: z.strictObject({
      ...pageQuery,
      state: z.enum(APPROVAL_STATES).optional(),
      /** `mine`: what I have asked for; `others`: what I may decide. */
      of: z.enum(['mine', 'others']).optional(),
    }),
    answer: pageOf(approvalSchema),
  },
  decideApproval: {
    method: 'POST',
    path: '/approvals/{id}/decision',
    summary: "Approve or decline another administrator's request",
    permission: 'approvals.decide',
    parameters: z.strictObject({ id: z.string().max(200) }),
    body: z.strictObject({
      decision: z.enum(['approve', 'decline']),
      reason: z.string().trim().min(1).max(2_000).optional(),
    }),
    answer: approvalSchema,
    refusals: ['not_found', 'conflict'],
  },
});
