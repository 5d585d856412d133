/** One row of a labelled data set: a text, what it is, and where in it what stands. */
import { z } from 'zod';

/** Labels that say that there is nothing to find, whatever the data set calls it. */
const NEGATIVE = new Set([
  'benign',
  'negative',
  'safe',
  'clean',
  'none',
  'neither',
  'false',
  '0',
  'no',
  'ham',
]);

const rowSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
  label: z.union([z.string(), z.number(), z.boolean()]).nullish(),
  spans: z.array(z.looseObject({ start: z.int(), end: z.int(), type: z.string() })).optional(),
  channel: z.enum(['instruction', 'user', 'document', 'tool', 'answer']).optional(),
  direction: z.enum(['request', 'response']).optional(),
  language: z.string().optional(),
  source: z.string().optional(),
});

export interface LabelledRow extends z.infer<typeof rowSchema> {
  /** Undefined where the row has spans alone. */
  readonly isPositive: boolean | undefined;
}

/** `positive`: the labels that count; all but the usual words for nothing where none is named. @throws Error naming the line */
export function parseLabelledRow(line: string, number: number, positive: readonly string[]): LabelledRow {
  const parsed = rowSchema.safeParse(jsonOf(line, number));
  if (!parsed.success)
    throw new Error(`line ${number}: ${parsed.error.issues[0]?.message ?? 'is not a row'}`);
  return { ...parsed.data, isPositive: isPositive(parsed.data.label, positive) };
}

function jsonOf(line: string, number: number): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new Error(`line ${number} is not JSON`);
  }
}

function isPositive(
  label: string | number | boolean | null | undefined,
  positive: readonly string[],
): boolean | undefined {
  if (label === undefined || label === null) return undefined;
  const word = String(label).toLowerCase();
  return positive.length > 0 ? positive.includes(word) : !NEGATIVE.has(word) && !/^not[_ -]/.test(word);
}
