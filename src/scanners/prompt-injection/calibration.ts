/** What was measured on benign texts when the models were made: the threshold for each share of them that may be flagged. */
import { z } from 'zod';
import type { Channel } from '../../domain/document.ts';
import { SENSES } from './roles/sense-model.ts';

/** Characters of the windows that are scored at each sentence's end; `sentence` is the sentence itself. */
export const WINDOWS = { sentence: 0, paragraph: 400, page: 1_500 } as const;
export type Window = keyof typeof WINDOWS;

const stepSchema = z.object({
  /** The share of benign texts that may be flagged. */
  rate: z.number().positive().max(1),
  /** Log-odds per window; a window that is left out does not speak in this channel. */
  thresholds: z.partialRecord(z.enum(['sentence', 'paragraph', 'page']), z.number()),
  /** The same for the senses of a sentence. */
  senses: z.partialRecord(z.enum(SENSES), z.number()),
  /** How many benign texts were flagged with these thresholds, of how many, and the 95 % Wilson interval of the share. */
  flagged: z.int(),
  texts: z.int(),
  interval: z.tuple([z.number(), z.number()]),
});

const channelSchema = z.enum(['user', 'document', 'tool', 'answer', 'instruction']);

export const calibrationSchema = z.object({
  calibration: z.partialRecord(channelSchema, z.array(stepSchema).min(1)),
});

export type CalibrationStep = z.output<typeof stepSchema>;
export type Calibration = z.output<typeof calibrationSchema>['calibration'];

/**
 * The step with the largest rate that is not above the one accepted.
 * @throws Error naming the smallest rate that was measured, where less than it is asked for
 */
export function stepFor(calibration: Calibration, channel: Channel, acceptedRate: number): CalibrationStep {
  const steps = calibration[channel] ?? [];
  const step = steps.findLast(({ rate }) => rate <= acceptedRate);
  if (step) return step;
  const least = steps[0] ? `the least that was measured is ${steps[0].rate}` : 'it was not calibrated';
  throw new Error(`max_false_positive_rate ${acceptedRate} for ${channel}: ${least}`);
}

/** 0.5 and more exactly where the score reaches the threshold, and from there by the odds that the model gives. */
export function confidenceOf(score: number, threshold: number): number {
  return 1 / (1 + Math.exp(threshold - score));
}
