/** What was said, who said it, and what stood for what: read for a stated reason, and recorded before it is shown. */
import { z } from 'zod';
import { defineOperations } from './operation.ts';
import type { RefusalCode } from '../../domain/refusal.ts';

/** Of the entry in the log: an interaction, or the end of one. */
const byIndex = z.strictObject({ index: z.coerce.number().int().min(0) });
const REFUSALS: readonly RefusalCode[] = [
  'reason_missing',
  'approval_needed',
  'not_found',
  'record_unavailable',
];
const DESCRIPTION =
  'Needs a reason, percent-encoded in `x-bartizan-reason`, and the approval of a second person where the configuration says so. The reading is recorded before anything is shown.';

const whoSchema = z.strictObject({ kind: z.string(), id: z.string() });

export const contentOperations = defineOperations({
  readContent: {
    method: 'GET',
    path: '/interactions/{index}/content',
    summary: 'Read what was said in one interaction, as far as it was captured',
    description: DESCRIPTION,
    permission: 'content.read',
    parameters: byIndex,
    answer: z.strictObject({
      interaction: z.string(),
      index: z.int(),
      /** As it was captured: what a person or a model wrote is never to be shown as HTML. */
      content: z.unknown(),
    }),
    refusals: REFUSALS,
  },
  readPseudonyms: {
    method: 'GET',
    path: '/interactions/{index}/pseudonyms',
    summary: 'Read what stood for what in one interaction',
    description: DESCRIPTION,
    permission: 'content.read',
    parameters: byIndex,
    answer: z.strictObject({
      interaction: z.string(),
      index: z.int(),
      pseudonyms: z.array(
        z.strictObject({
          /** Null where the value stands in the content as it was. */
          standIn: z.string().nullable(),
          value: z.string(),
          /** Whom it identifies: `EMAIL_ADDRESS:bob@example.com`. */
          identifier: z.string(),
        }),
      ),
    }),
    refusals: REFUSALS,
  },
  readIdentity: {
    method: 'GET',
    path: '/interactions/{index}/identity',
    summary: 'Read whose interaction it was',
    description: DESCRIPTION,
    permission: 'content.read',
    parameters: byIndex,
    answer: z.strictObject({
      interaction: z.string(),
      index: z.int(),
      /** Null where it cannot be known any more. */
      principal: whoSchema.nullable(),
      assertedBy: whoSchema.nullable(),
      credential: z.string().nullable(),
    }),
    refusals: REFUSALS,
  },
});
