/** The workbench: which models a member may talk to, and what it calls them with. */
import { z } from 'zod';
import { ACTIONS } from '../../domain/guardrail.ts';
import { defineOperations } from './operation.ts';
import { instant } from './page.ts';

const rule = z.strictObject({ id: z.string(), description: z.string() });
const direction = z.enum(['request', 'response']);

const ownInteractionSchema = z.strictObject({
  id: z.string(),
  /** Its entry in the record. */
  index: z.int(),
  model: z.string().nullable(),
  /** What answered. */
  provider: z.string().nullable(),
  /** Whether its end is recorded. */
  isOver: z.boolean(),
  /** The strongest action that guardrails took. */
  action: z.enum(ACTIONS),
  refusal: z.string().nullable(),
  /** Guardrails that acted; those that only watch are not told. */
  guardrails: z.array(
    z.strictObject({ ...rule.shape, direction, action: z.enum(ACTIONS), findings: z.int() }),
  ),
  policies: z.array(rule),
  /** Offsets are those of the text at the pointer, as it was sent. */
  findings: z.array(
    z.strictObject({
      direction,
      guardrail: z.string(),
      kind: z.string(),
      action: z.enum(ACTIONS),
      pointer: z.string(),
      start: z.int(),
      end: z.int(),
    }),
  ),
});

export const workbenchOperations = defineOperations({
  getWorkbench: {
    method: 'GET',
    path: '/workbench',
    summary: 'Which models the one who has signed in may talk to, and what is kept of it',
    permission: 'workbench.use',
    answer: z.strictObject({
      /** The application that conversations belong to; null where none is configured. */
      application: z.string().nullable(),
      purpose: z.string(),
      dataClass: z.string(),
      /** What the record keeps of what is said: nothing, what was sent on, or all. */
      capture: z.enum(['none', 'redacted', 'full']),
      models: z.array(z.string()),
      /** Gates that have to be passed first. */
      closedGates: z.array(z.string()),
    }),
  },
  createVoucher: {
    method: 'POST',
    path: '/workbench/voucher',
    summary:
      'A bearer for the gateway’s own addresses, good for some minutes: what the page calls models with',
    permission: 'workbench.use',
    answer: z.strictObject({ token: z.string(), expiresAtMs: instant }),
    refusals: ['unacceptable'],
  },
  getOwnInteraction: {
    method: 'GET',
    path: '/workbench/interactions/{id}',
    summary: 'What was found in one’s own request and its answer, what was done about it, and by which rules',
    permission: 'workbench.use',
    parameters: z.strictObject({ id: z.string().min(1).max(200) }),
    answer: ownInteractionSchema,
    refusals: ['not_found'],
  },
});
