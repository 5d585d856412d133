/** Trains the weights of a linear-chain conditional random field by stochastic gradients; the same seed gives the same weights. */
import {
  createLattice,
  factorsOf,
  totalOf,
  weigh,
  type Lattice,
} from '../../src/scanners/pii/tagger/lattice.ts';
import { mayFollow, NONE, TAGS, WEIGHTED } from '../../src/scanners/pii/tagger/tags.ts';
import type { Random } from '../random.ts';
import type { Run } from './prepare.ts';

export interface ChainTraining {
  /** The binary logarithm of the number of buckets. */
  readonly bucketBits: number;
  readonly epochs: number;
  /** The weights after so many last epochs are averaged, for those of one lean to what came last. */
  readonly averaged: number;
  readonly learningRate: number;
  /** Pulls weights to nothing, once for each time they are touched. */
  readonly decay: number;
  /** A feature that is seen less often is left out. */
  readonly leastCount: number;
}

export interface ChainWeights {
  readonly weights: Int8Array;
  readonly scale: number;
  readonly transitions: readonly number[];
}

interface Parameters {
  readonly weights: Float32Array;
  readonly squares: Float32Array;
  readonly transitions: Float64Array;
  readonly transitionSquares: Float64Array;
}

export function trainChain(runs: readonly Run[], training: ChainTraining, random: Random): ChainWeights {
  const rows = bucketed(runs, training);
  const size = 2 ** training.bucketBits * WEIGHTED;
  const parameters: Parameters = {
    weights: new Float32Array(size),
    squares: new Float32Array(size).fill(0.01),
    transitions: new Float64Array(TAGS * TAGS),
    transitionSquares: new Float64Array(TAGS * TAGS).fill(1),
  };
  const lattice = createLattice();
  const sums = { weights: new Float32Array(size), transitions: new Float64Array(TAGS * TAGS) };
  for (let epoch = 0; epoch < training.epochs; epoch++) {
    for (const run of random.shuffled(rows)) learn(run, lattice, parameters, training);
    if (epoch < training.epochs - training.averaged) continue;
    addTo(sums.weights, parameters.weights, 1 / training.averaged);
    addTo(sums.transitions, parameters.transitions, 1 / training.averaged);
  }
  return {
    ...quantized(sums.weights),
    transitions: [...sums.transitions].map((value) => Number(value.toFixed(4))),
  };
}

function addTo<Numbers extends Float32Array | Float64Array>(
  sums: Numbers,
  values: Numbers,
  factor: number,
): void {
  for (let at = 0; at < sums.length; at++) sums[at] = (sums[at] ?? 0) + (values[at] ?? 0) * factor;
}

/** Features become buckets; the rare ones are left out. */
function bucketed(runs: readonly Run[], { bucketBits, leastCount }: ChainTraining): readonly Run[] {
  const counts = new Uint8Array(2 ** 24);
  const mask = 2 ** bucketBits - 1;
  for (const { features } of runs)
    for (const row of features)
      for (const hash of row) counts[hash & 0xffffff] = Math.min(255, (counts[hash & 0xffffff] ?? 0) + 1);
  return runs.map(({ features, tags }) => ({
    tags,
    features: features.map((row) =>
      row
        .filter((hash) => (counts[hash & 0xffffff] ?? 0) >= leastCount)
        .map((hash) => (hash & mask) * WEIGHTED),
    ),
  }));
}

function learn(
  { features, tags }: Run,
  lattice: Lattice,
  parameters: Parameters,
  training: ChainTraining,
): void {
  const { scores } = lattice;
  lattice.length = features.length;
  scores.fill(0, 0, features.length * TAGS);
  for (const [i, row] of features.entries())
    for (const at of row)
      for (let tag = 0; tag < WEIGHTED; tag++)
        scores[i * TAGS + tag] = (scores[i * TAGS + tag] ?? 0) + (parameters.weights[at + tag] ?? 0);
  const factors = factorsOf(parameters.transitions);
  weigh(lattice, factors);
  const total = totalOf(lattice);
  const slopes = new Float64Array(WEIGHTED);
  for (const [i, row] of features.entries()) {
    for (let tag = 0; tag < WEIGHTED; tag++) {
      const at = i * TAGS + tag;
      slopes[tag] =
        ((lattice.forward[at] ?? 0) * (lattice.backward[at] ?? 0)) / total - (tags[i] === tag ? 1 : 0);
    }
    for (const at of row) stepWeights(parameters, at, slopes, training);
  }
  learnTransitions(lattice, total, factors, tags, parameters, training);
}

/** Adagrad: what is rare takes larger steps. */
function stepWeights(
  { weights, squares }: Parameters,
  at: number,
  slopes: Float64Array,
  { learningRate, decay }: ChainTraining,
): void {
  for (let tag = 0; tag < WEIGHTED; tag++) {
    const weight = weights[at + tag] ?? 0;
    const slope = (slopes[tag] ?? 0) + decay * weight;
    const square = (squares[at + tag] ?? 0) + slope * slope;
    squares[at + tag] = square;
    weights[at + tag] = weight - (learningRate * slope) / Math.sqrt(square);
  }
}

function learnTransitions(
  { length, forward, backward, weights, scales }: Lattice,
  total: number,
  factors: Float64Array,
  tags: Uint8Array,
  { transitions, transitionSquares }: Parameters,
  { learningRate }: ChainTraining,
): void {
  const slopes = new Float64Array(TAGS * TAGS);
  for (let i = 0; i <= length; i++)
    for (let before = 0; before < TAGS; before++) {
      if ((i === 0 && before !== NONE) || (i > 0 && forward[(i - 1) * TAGS + before] === 0)) continue;
      for (let tag = 0; tag < TAGS; tag++) {
        if (!mayFollow(before, tag) || (i === length && tag !== NONE)) continue;
        const isGold = (i === 0 ? NONE : tags[i - 1]) === before && (i === length ? NONE : tags[i]) === tag;
        const into = i === 0 ? 1 : (forward[(i - 1) * TAGS + before] ?? 0);
        const out =
          i === length
            ? 1
            : ((weights[i * TAGS + tag] ?? 0) * (backward[i * TAGS + tag] ?? 0)) / (scales[i] ?? 1);
        const at = before * TAGS + tag;
        slopes[at] = (slopes[at] ?? 0) + (into * (factors[at] ?? 0) * out) / total - (isGold ? 1 : 0);
      }
    }
  for (let at = 0; at < slopes.length; at++) {
    const slope = slopes[at] ?? 0;
    const square = (transitionSquares[at] ?? 0) + slope * slope;
    transitionSquares[at] = square;
    transitions[at] = (transitions[at] ?? 0) - (learningRate * slope) / Math.sqrt(square);
  }
}

/** A byte each; the few largest are cut, so that the many small ones keep their differences. */
function quantized(weights: Float32Array): { readonly weights: Int8Array; readonly scale: number } {
  const sizes = weights
    .map(Math.abs)
    .filter((size) => size > 0)
    .sort();
  const scale = (sizes[Math.floor(sizes.length * 0.9998)] ?? 1) / 127;
  return {
    scale,
    weights: Int8Array.from(weights, (weight) => Math.max(-127, Math.min(127, Math.round(weight / scale)))),
  };
}
