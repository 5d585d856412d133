/** The categories of OpenAI's moderation endpoint, and the scores that an answer gives them. */
import { z } from 'zod';

/** As its API reference names them (moderation object, `category_scores`). */
export const CATEGORIES = [
  'harassment',
  'harassment/threatening',
  'hate',
  'hate/threatening',
  'illicit',
  'illicit/violent',
  'self-harm',
  'self-harm/instructions',
  'self-harm/intent',
  'sexual',
  'sexual/minors',
  'violence',
  'violence/graphic',
] as const;
export type Category = (typeof CATEGORIES)[number];
export type Scores = Readonly<Partial<Record<Category, number>>>;

/** One text was asked about, so there is one result. Other categories, and fields beside the scores, are theirs to add. */
const answerSchema = z.object({
  results: z.tuple([
    z.object({
      category_scores: z.object(Object.fromEntries(CATEGORIES.map((category) => [category, score()]))),
    }),
  ]),
});

function score(): z.ZodType<number | null | undefined> {
  return z.number().min(0).max(1).nullish();
}

/** @throws Error that does not quote the answer */
export function readScores(answer: string): Scores {
  const parsed = answerSchema.safeParse(parsedJson(answer));
  if (!parsed.success) throw new Error('the moderation endpoint answered something that holds no scores');
  const own = parsed.data.results[0].category_scores;
  return Object.fromEntries(Object.entries(own).filter(([, value]) => typeof value === 'number'));
}

function parsedJson(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    throw new Error('the moderation endpoint answered something that is not JSON');
  }
}
