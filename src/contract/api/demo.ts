/** Demo data: a minute of traffic to look at, clearly marked, and gone with one click. */
import { z } from 'zod';
import { defineOperations } from './operation.ts';

const demoSchema = z.strictObject({
  isLoaded: z.boolean(),
  applications: z.array(z.string()),
});

export const demoOperations = defineOperations({
  getDemo: {
    method: 'GET',
    path: '/demo',
    summary: 'Whether demo data is there',
    permission: 'overview.read',
    answer: demoSchema,
  },
  loadDemo: {
    method: 'POST',
    path: '/demo',
    summary: 'Set up demo applications, and let them send requests that the simulator answers',
    description:
      'They are real requests: guarded, recorded, metered. Whatever shows them says that they are a demo.',
    permission: 'demo.write',
    answer: z.strictObject({ ...demoSchema.shape, sent: z.int(), refused: z.int() }),
    refusals: ['conflict'],
  },
  removeDemo: {
    method: 'DELETE',
    path: '/demo',
    summary: 'Take demo applications, their rows and their usage away; the record keeps that they were',
    permission: 'demo.write',
    answer: z.strictObject({ ...demoSchema.shape, requests: z.int() }),
    refusals: ['not_found'],
  },
});
