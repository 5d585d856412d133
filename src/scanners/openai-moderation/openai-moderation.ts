/** Asks a moderation endpoint of OpenAI's form which categories a text belongs to. */
import { z } from 'zod';
import { shareInFlight } from '../../base/in-flight.ts';
import {
  defineScanner,
  scanInPieces,
  secretReferenceSchema,
  type Scanner,
  type ScannerServices,
  type TextPlace,
} from '../../modules/scanning/scanner.ts';
import { CATEGORIES, readScores, type Category, type Scores } from './category-scores.ts';

const DEFAULT_THRESHOLD = 0.5;

const config = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).default('https://api.openai.com/v1/moderations'),
  model: z.string().min(1).max(256).default('omni-moderation-latest'),
  credential: secretReferenceSchema.optional(),
  /** The categories that are told and the score from which on; all of them from 0.5 on unless told. */
  thresholds: z.partialRecord(z.enum(CATEGORIES), z.number().min(0).max(1)).optional(),
  /** For one piece of text, a wait for a free connection included. The guardrail's own `timeout_ms` should be longer. */
  timeout_ms: z.int().min(10).max(60_000).default(1_500),
  /** Characters that are sent at once, and that a stream holds back. */
  max_characters: z.int().min(200).max(16_000).default(2_000),
  allow_private_network: z.boolean().default(false),
});
type Config = z.infer<typeof config>;

/** An answer lists each category a few times, with numbers. */
const MAX_ANSWER_BYTES = 64 * 1024;

export const openaiModeration = defineScanner<Config>({
  id: 'openai-moderation',
  title: 'Moderation endpoint',
  description: "Categories of harm, told by OpenAI's moderation endpoint or one of the same form.",
  risks: ['LLM05:2025'],
  kinds: CATEGORIES,
  config,
  reaches: 'services',
  create: createModeration,
});

/** One chain for each category, since a paragraph may belong to several; they share the question. */
function createModeration(
  configured: Config,
  wanted: readonly string[],
  services: ScannerServices,
): readonly Scanner[] {
  const ask = shareInFlight((text, place: TextPlace) => scoresOf(configured, services, text, place));
  return thresholdsOf(configured)
    .filter(([category]) => wanted.length === 0 || wanted.includes(category))
    .map(([category, threshold]) =>
      scanInPieces(configured.max_characters, async (text, place) => {
        const score = (await ask(text, place))[category];
        if (score === undefined) throw new Error(`the moderation endpoint has no score for ${category}`);
        return score >= threshold ? [{ start: 0, end: text.length, kind: category, confidence: score }] : [];
      }),
    );
}

function thresholdsOf({ thresholds }: Config): readonly (readonly [Category, number])[] {
  return CATEGORIES.flatMap((category) => {
    const threshold = thresholds ? thresholds[category] : DEFAULT_THRESHOLD;
    return threshold === undefined ? [] : [[category, threshold] as const];
  });
}

/** @throws Error that holds neither the text nor the answer */
async function scoresOf(
  configured: Config,
  services: ScannerServices,
  text: string,
  place: TextPlace,
): Promise<Scores> {
  const { url, model, credential, timeout_ms, allow_private_network } = configured;
  const answer = await services.post(
    {
      url,
      headers: credential ? { authorization: `Bearer ${await services.secret(credential)}` } : {},
      body: JSON.stringify({ model, input: text }),
      timeoutMs: timeout_ms,
      maxAnswerBytes: MAX_ANSWER_BYTES,
      allowPrivateNetwork: allow_private_network,
    },
    place,
  );
  if (answer.status !== 200) throw new Error(`the moderation endpoint answered with status ${answer.status}`);
  return readScores(answer.body);
}
