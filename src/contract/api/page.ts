/** Lists come in pages: a cursor says where the next one begins. */
import { z } from 'zod';

export const MAX_PAGE = 200;

export const pageQuery = {
  /** Where the page before ended, as it said. */
  cursor: z.string().max(1_000).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(50),
} as const;

/** `next` is the cursor of the page after this one; null where this is the last. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item), next: z.string().nullable() });
}

/** Milliseconds since the Unix epoch. */
export const instant = z.int().min(0);

/** Milliseconds since the Unix epoch, as a query says it. */
export const queryInstant = z.coerce.number().int().min(0);

/** Several values of one query parameter, separated by commas. */
export const commaSeparated = z
  .string()
  .max(2_000)
  .transform((text) => text.split(',').filter((part) => part !== ''));
