/** What parts of the declarative tree are called, and how a tree refers to a credential. */
import { z } from 'zod';

export const name = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/,
    'letters, digits and . _ : / @ - (128 at most), beginning with a letter or digit',
  );

export const names = z.array(name).max(1_000).default([]);

/** Names of models, in which `*` stands for any characters: `gpt-*`. */
export const modelPatterns = z
  .array(
    z
      .string()
      .regex(/^[A-Za-z0-9*][A-Za-z0-9._:/@*-]{0,127}$/, 'the name of a model; * stands for any characters'),
  )
  .max(1_000)
  .default([]);

/** What people write about a part. */
export const text = z.string().max(2_000);

/** Where a credential comes from: never a value in the tree. */
export const secretReferenceSchema = z.union([
  z.strictObject({ env: z.string().regex(/^[A-Z_][A-Z0-9_]*$/) }),
  z.strictObject({ secret: name }),
]);
