/** The trained model of entities: weights by hashed features, and the scores of one tag behind another. */
import { featuresOf } from './features.ts';
import type { Gazetteer } from './gazetteer.ts';
import { factorsOf, type Lattice } from './lattice.ts';
import type { Sentence } from './sentence.ts';
import { TAGS, WEIGHTED, type EntityKind } from './tags.ts';

export interface EntityModel {
  /** WEIGHTED for each of a power of two of buckets. */
  readonly weights: Int8Array;
  /** What one step of a weight is worth. */
  readonly scale: number;
  /** TAGS × TAGS log-scores. */
  readonly transitions: readonly number[];
  readonly factors: Float64Array;
  readonly gazetteer: Gazetteer;
  /** For each kind the probability from which telling it does more good than harm. */
  readonly thresholds: Readonly<Record<EntityKind, number>>;
}

export function createEntityModel(parts: Omit<EntityModel, 'factors'>): EntityModel {
  return { ...parts, factors: factorsOf(parts.transitions) };
}

/** Writes the log-scores of the tags into the lattice, for as many tokens as it is long, from the one at `start` on. */
export function writeScores(
  { weights, scale }: EntityModel,
  text: string,
  sentence: Sentence,
  start: number,
  { length, scores }: Lattice,
  features: Uint32Array,
): void {
  const mask = weights.length / WEIGHTED - 1;
  for (let i = 0; i < length; i++) {
    const count = featuresOf(text, sentence, start + i, features);
    const at = i * TAGS;
    for (let tag = 0; tag < TAGS; tag++) scores[at + tag] = 0;
    for (let n = 0; n < count; n++) {
      const row = ((features[n] ?? 0) & mask) * WEIGHTED;
      for (let tag = 0; tag < WEIGHTED; tag++)
        scores[at + tag] = (scores[at + tag] ?? 0) + (weights[row + tag] ?? 0);
    }
    for (let tag = 0; tag < WEIGHTED; tag++) scores[at + tag] = (scores[at + tag] ?? 0) * scale;
  }
}
