/** Finds what hurts people: hate, harassment, threats, sexual content, self-harm, and swearing where that is asked for. */
import { z } from 'zod';
import { openPassage, passages, trimmed } from '../../base/passages.ts';
import { defineScanner, type Scanner, type Sighting } from '../../modules/scanning/scanner.ts';
import { PASSAGE, worstLayer } from './harm-features.ts';
import { HARMS, loadHarmModels, type Calibration, type HarmModels } from './harm-models.ts';
import { profanityConfidence } from './profanity.ts';

const KINDS = [...HARMS, 'PROFANITY'] as const;
/** What is less sure than this nobody wants to hear of. */
const FLOOR = 0.05;

const config = z.strictObject({
  /** The share of harmless texts that you accept to have flagged, 0.001 to 0.05; confidence is 0.5 at its threshold. */
  max_false_positive_rate: z.number().min(0.001).max(0.05).default(0.002),
  /** Whether swearing counts by itself; it does where a guardrail names the kind. */
  profanity: z.boolean().default(false),
});
type Config = z.infer<typeof config>;

export const toxicity = defineScanner<Config>({
  id: 'toxicity',
  title: 'Toxicity',
  description:
    'Hate, harassment, threats, sexual content and self-harm in English text, by our own classifier.',
  risks: ['NIST.AI.600-1:2.3', 'NIST.AI.600-1:2.11'],
  kinds: KINDS,
  config,
  create(configured, wanted) {
    const asksProfanity = configured.profanity || wanted.includes('PROFANITY');
    const harms = HARMS.filter((harm) => wanted.length === 0 || wanted.includes(harm));
    return [
      ...(harms.length > 0 ? [createHarm(configured, new Set(harms))] : []),
      ...(asksProfanity ? [inPassages(profanitySighting)] : []),
    ];
  },
});

/** What a passage is, without its positions; null where it is nothing. */
type Judgment = Pick<Sighting, 'kind' | 'confidence'> | null;

function createHarm({ max_false_positive_rate }: Config, asked: ReadonlySet<string>): Scanner {
  const models = loadHarmModels();
  const threshold = thresholdFor(models.calibrations, max_false_positive_rate);
  return inPassages((passage) => judged(models, threshold, asked, passage));
}

/** The kind that is likeliest of those asked for; it is as sure as the harm is, unless another kind explains that. */
function judged(
  models: HarmModels,
  threshold: number,
  asked: ReadonlySet<string>,
  passage: string,
): Judgment {
  const { features, score } = worstLayer(passage, models.scoreOf);
  const harm = 1 / (1 + Math.exp(threshold - score));
  if (harm < FLOOR) return null;
  const shares = models.kindsOf(features);
  const most = Math.max(...shares);
  let best: Judgment = null;
  for (const [index, kind] of HARMS.entries()) {
    const share = shares[index] ?? 0;
    const confidence = harm * (share === most ? 1 : Math.min(1, 2 * share));
    if (asked.has(kind) && confidence >= FLOOR && confidence > (best?.confidence ?? 0))
      best = { kind, confidence };
  }
  return best;
}

function profanitySighting(passage: string): Judgment {
  const confidence = profanityConfidence(passage);
  return confidence === null ? null : { kind: 'PROFANITY', confidence };
}

/** The threshold of the largest measured rate that is not above the accepted one. */
function thresholdFor(calibrations: readonly Calibration[], accepted: number): number {
  const fitting = calibrations.findLast(({ rate }) => rate <= accepted) ?? calibrations[0];
  return fitting?.threshold ?? Infinity;
}

function inPassages(judge: (passage: string) => Judgment): Scanner {
  return {
    reach: 0,
    // The passage, and the character that shows whether its last sentence has ended.
    maxHold: PASSAGE.most + 1,
    settled: (text, from) => openPassage(text, from, PASSAGE),
    scan(text, from, _place, _final, until) {
      const seen: Sighting[] = [];
      for (const passage of passages(text, from, PASSAGE)) {
        if (passage.start >= until) break;
        const judgment = judge(text.slice(passage.start, passage.end));
        const where = judgment && trimmed(text, passage);
        if (where) seen.push({ ...where, ...judgment });
      }
      return seen;
    },
  };
}
