/** What the API says of itself. */
import { z } from 'zod';
import { defineOperations } from './operation.ts';

export const metaOperations = defineOperations({
  getOpenApi: {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This document: OpenAPI 3.1',
    permission: 'anyone',
    answer: z.looseObject({ openapi: z.string() }),
  },
  getVersion: {
    method: 'GET',
    path: '/version',
    summary: 'Which Bartizan this is',
    permission: 'signed-in',
    answer: z.strictObject({ version: z.string(), instance: z.string(), snapshot: z.string() }),
  },
});
