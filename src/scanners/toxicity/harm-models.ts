/** Two steps: one model says how harmful a passage is, and where it says anything, one for each kind says of what kind. */
import { z } from 'zod';
import { scoreWhole } from '../linear/linear-model.ts';
import { loadLinearModel } from '../linear/load-model.ts';

export const HARMS = ['HATE', 'HARASSMENT', 'THREAT', 'SEXUAL', 'SELF_HARM'] as const;
export type Harm = (typeof HARMS)[number];

/** What share of harmless texts reached the threshold that was set for a rate, with its 95 % interval. */
const calibrationSchema = z.object({
  rate: z.number(),
  threshold: z.number(),
  measured: z.number(),
  low: z.number(),
  high: z.number(),
});
export type Calibration = z.output<typeof calibrationSchema>;

export interface HarmModels {
  /** Strictest first. */
  readonly calibrations: readonly Calibration[];
  /** Log-odds that one layer of a passage harms. */
  scoreOf(features: string): number;
  /** What share of its harm each kind has, 0 to 1, in the order of HARMS. */
  kindsOf(features: string): readonly number[];
}

/** @throws Error where a model is missing or truncated */
export function loadHarmModels(): HarmModels {
  const { model, facts } = loadLinearModel(
    'toxicity/harm',
    z.object({ calibrations: z.array(calibrationSchema).min(1) }),
  );
  const kinds = HARMS.map((harm) => loadLinearModel(modelName(harm), z.object({})).model);
  return {
    calibrations: facts.calibrations,
    scoreOf: (features) => scoreWhole(model, features),
    kindsOf: (features) => kinds.map((kind) => 1 / (1 + Math.exp(-scoreWhole(kind, features)))),
  };
}

export function modelName(harm: Harm): string {
  return `toxicity/${harm.toLowerCase().replace('_', '-')}`;
}
