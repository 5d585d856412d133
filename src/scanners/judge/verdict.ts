/** Reads a judge's verdict, and takes nothing for one that is not exactly one. */
import { z } from 'zod';

const verdictSchema = z.strictObject({
  id: z.string(),
  violates: z.boolean(),
  confidence: z.number().min(0).max(1),
});

/** Many models cannot be kept from it, and it says nothing. */
const CODE_FENCE = /^```(?:json)?\s*\n([\s\S]*)\n```$/;

/**
 * How sure the judge is that the rule is violated; null where it is not.
 * @throws Error that does not quote the answer
 */
export function readVerdict(answer: string, id: string): number | null {
  const trimmed = answer.trim();
  const parsed = verdictSchema.safeParse(parsedJson(CODE_FENCE.exec(trimmed)?.[1] ?? trimmed));
  if (!parsed.success) throw new Error('the judge answered something that is not a verdict');
  if (parsed.data.id !== id) throw new Error('the judge answered with a verdict on something else');
  return parsed.data.violates ? parsed.data.confidence : null;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error('the judge answered something that is not JSON');
  }
}
