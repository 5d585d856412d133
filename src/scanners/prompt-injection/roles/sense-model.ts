/** A small network over what stands in a sentence: what each feature weighs by itself, and a few sums of them that bend. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { modelFolder } from '../../../base/package-directory.ts';

/** What a sentence is taken for: spoken to a model, or asking for an act of whoever reads it, be it a model or not said who. */
export const SENSES = ['addressed', 'requested'] as const;
export type Sense = (typeof SENSES)[number];

/** Log-odds. */
export type SenseScores = Readonly<Record<Sense, number>>;

export interface SenseModel {
  /** For each bucket what it weighs alone for each sense, in the order of `SENSES`, then what it adds to each sum. */
  readonly weights: Int8Array;
  /** What one step of a weight is worth: of those alone, and of the sums. */
  readonly scale: number;
  readonly sumScale: number;
  /** Where each sum begins. */
  readonly begins: readonly number[];
  readonly outputs: Readonly<Record<Sense, SenseOutput>>;
}

interface SenseOutput {
  readonly bias: number;
  /** What each sum counts for, where it is above nothing. */
  readonly counts: readonly number[];
}

const output = z.object({ bias: z.number(), counts: z.array(z.number()) });
const senseModelSchema = z.object({
  buckets: z.int().positive(),
  scale: z.number().positive(),
  sumScale: z.number().positive(),
  begins: z.array(z.number()),
  outputs: z.object({ addressed: output, requested: output }),
});

/** Weights of a bucket. */
export function widthOf({ begins }: Pick<SenseModel, 'begins'>): number {
  return SENSES.length + begins.length;
}

export function scoreSenses(model: SenseModel, features: Int32Array): SenseScores {
  const { weights, scale, sumScale, begins, outputs } = model;
  const width = widthOf(model);
  const mask = weights.length / width - 1;
  const sums = new Int32Array(width);
  for (const feature of features) {
    const row = (feature & mask) * width;
    for (let at = 0; at < width; at++) sums[at] = (sums[at] ?? 0) + (weights[row + at] ?? 0);
  }
  const share = 1 / Math.sqrt(Math.max(1, features.length));
  const scoreOf = ({ bias, counts }: SenseOutput, alone: number): number => {
    let score = bias + alone * scale * share;
    for (const [at, begin] of begins.entries()) {
      const sum = begin + (sums[SENSES.length + at] ?? 0) * sumScale * share;
      if (sum > 0) score += sum * (counts[at] ?? 0);
    }
    return score;
  };
  return {
    addressed: scoreOf(outputs.addressed, sums[0] ?? 0),
    requested: scoreOf(outputs.requested, sums[1] ?? 0),
  };
}

let loaded: SenseModel | null = null;

/** Read once and kept. @throws Error where a file is missing, truncated or of another form */
export function senseModel(): SenseModel {
  loaded ??= read();
  return loaded;
}

function read(): SenseModel {
  const folder = modelFolder('injection/senses');
  const json: unknown = JSON.parse(readFileSync(new URL('model.json', folder), 'utf8'));
  const { buckets, ...model } = senseModelSchema.parse(json);
  const bytes = readFileSync(new URL('weights.bin', folder));
  const isWhole =
    bytes.length === buckets * widthOf(model) &&
    (buckets & (buckets - 1)) === 0 &&
    SENSES.every((sense) => model.outputs[sense].counts.length === model.begins.length);
  if (!isWhole)
    throw new Error(
      'models/injection/senses: weights.bin does not hold the weights that model.json tells of',
    );
  return { ...model, weights: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) };
}
