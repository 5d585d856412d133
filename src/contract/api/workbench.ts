/** The workbench: which models a member may talk to, and what it calls them with. */
import { z } from 'zod';
import { defineOperations } from './operation.ts';
import { instant } from './page.ts';

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
});
