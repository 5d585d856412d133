/** Every refusal of the API, as RFC 9457 problem details. */
import { z } from 'zod';

export const problemSchema = z.object({
  /** `urn:bartizan:refusal:<code>` */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  /** Stable: see the reference of refusals. */
  code: z.string(),
  instance: z.string().optional(),
  /** What is wrong with the parts of what was sent. */
  errors: z
    .array(
      z.object({
        /** Where it is: `body`, `query`, `path` or `header`. */
        in: z.string(),
        /** JSON pointer (RFC 6901) within that. */
        pointer: z.string(),
        message: z.string(),
        /** Within the text that stands there, from 1. */
        line: z.int().optional(),
        column: z.int().optional(),
      }),
    )
    .optional(),
});

export type Problem = z.infer<typeof problemSchema>;
