/** A small network over the features of a sentence's roles: what they weigh by themselves, and eight sums of them that bend. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { modelFolder } from '../../../base/package-directory.ts';

/** What a sentence is taken for: spoken to a model, or asking for an act of whoever reads it. */
export const SENSES = ['addressed', 'requested'] as const;
export type Sense = (typeof SENSES)[number];

export interface SenseModel {
  /** For each bucket what it weighs alone, then what it adds to each sum. */
  readonly weights: Int8Array;
  /** What one step of a weight is worth: of those alone, and of the sums. */
  readonly scale: number;
  readonly sumScale: number;
  readonly bias: number;
  /** Of each sum: where it begins, and what it counts for where it is above nothing. */
  readonly begins: readonly number[];
  readonly counts: readonly number[];
}

const senseModelSchema = z.object({
  buckets: z.int().positive(),
  scale: z.number().positive(),
  sumScale: z.number().positive(),
  bias: z.number(),
  begins: z.array(z.number()),
  counts: z.array(z.number()),
});

/** Log-odds. */
export function scoreSense(model: SenseModel, features: Int32Array): number {
  const { weights, scale, sumScale, bias, begins, counts } = model;
  const width = counts.length + 1;
  const mask = weights.length / width - 1;
  const sums = new Int32Array(width);
  for (const feature of features) {
    const row = (feature & mask) * width;
    for (let at = 0; at < width; at++) sums[at] = (sums[at] ?? 0) + (weights[row + at] ?? 0);
  }
  const share = 1 / Math.sqrt(Math.max(1, features.length));
  let score = bias + (sums[0] ?? 0) * scale * share;
  for (let at = 1; at < width; at++) {
    const sum = (begins[at - 1] ?? 0) + (sums[at] ?? 0) * sumScale * share;
    if (sum > 0) score += sum * (counts[at - 1] ?? 0);
  }
  return score;
}

const loaded = new Map<Sense, SenseModel>();

/** Read once and kept. @throws Error where a file is missing, truncated or of another form */
export function senseModel(sense: Sense): SenseModel {
  let known = loaded.get(sense);
  if (!known) loaded.set(sense, (known = read(sense)));
  return known;
}

function read(sense: Sense): SenseModel {
  const folder = modelFolder(`injection/${sense}`);
  const json: unknown = JSON.parse(readFileSync(new URL('model.json', folder), 'utf8'));
  const { buckets, ...model } = senseModelSchema.parse(json);
  const bytes = readFileSync(new URL('weights.bin', folder));
  const isWhole = bytes.length === buckets * (model.counts.length + 1) && (buckets & (buckets - 1)) === 0;
  if (!isWhole || model.begins.length !== model.counts.length)
    throw new Error(
      `models/injection/${sense}: weights.bin does not hold the weights that model.json tells of`,
    );
  return { ...model, weights: new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length) };
}
