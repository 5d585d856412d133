/** Has a configured model judge whether a text violates a rule in plain language. */
import { z } from 'zod';
import { createBoundedCache } from '../../base/bounded-cache.ts';
import { shareInFlight } from '../../base/in-flight.ts';
import {
  defineScanner,
  scanInPieces,
  type Scanner,
  type ScannerServices,
} from '../../modules/scanning/scanner.ts';
import { digestOf, writeBrief, type Material } from './brief.ts';
import { readVerdict } from './verdict.ts';

const KIND = 'RULE_VIOLATION';

const config = z.strictObject({
  /** A name under `models`, without wildcard. It sees the texts before any other guardrail has acted on them. */
  model: z.string().min(1).max(128),
  /** What a text may not do, in words: "It may not give advice on investments." */
  rule: z.string().trim().min(1).max(4_000),
  /** For one piece of text, a wait for a free place included. The guardrail's own `timeout_ms` should be longer. */
  timeout_ms: z.int().min(10).max(60_000).default(10_000),
  /** Characters that are judged at once, and that a stream holds back. */
  max_characters: z.int().min(200).max(16_000).default(4_000),
  /** For the verdict; models that think before they answer need more. */
  max_output_tokens: z.int().min(50).max(8_000).default(200),
  /** The guardrail's own budget of tokens, of questions and verdicts; beyond it every look is a fault until the next hour. */
  max_tokens_per_hour: z.int().min(1_000).default(1_000_000),
  /** Verdicts that are remembered, by a digest of the text. */
  cache_entries: z.int().min(0).max(1_000_000).default(10_000),
});
type Config = z.infer<typeof config>;

export const judge = defineScanner<Config>({
  id: 'judge',
  title: 'Judge',
  description: 'A rule in plain language, judged by one of your models.',
  risks: ['LLM09:2025'],
  kinds: [KIND],
  config,
  reaches: 'models',
  models: ({ model }) => [model],
  create: (configured, _wanted, services) => createJudge(configured, services),
});

/** Null: the text does not violate the rule. Otherwise how sure the judge is. */
type Confidence = number | null;

function createJudge(configured: Config, services: ScannerServices): Scanner {
  const cache = createBoundedCache<{ readonly confidence: Confidence }>(configured.cache_entries);

  const ask = shareInFlight(async (digest: string, material: Material): Promise<Confidence> => {
    const brief = writeBrief(configured.rule, material);
    const question = {
      model: configured.model,
      instructions: brief.instructions,
      prompt: brief.prompt,
      maxOutputTokens: configured.max_output_tokens,
      timeoutMs: configured.timeout_ms,
      maxTokensPerHour: configured.max_tokens_per_hour,
    };
    const answer = await services.ask(question, material.place);
    const confidence = readVerdict(answer, brief.id);
    if (configured.cache_entries > 0) cache.set(digest, { confidence });
    return confidence;
  });

  return scanInPieces(configured.max_characters, async (text, place) => {
    const material = { text, place };
    const digest = digestOf(material);
    const known = cache.get(digest);
    const confidence = known ? known.confidence : await ask(digest, material);
    return confidence === null ? [] : [{ start: 0, end: text.length, kind: KIND, confidence }];
  });
}
