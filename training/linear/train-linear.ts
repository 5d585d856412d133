/** Logistic regression over the n-grams that src/scanners/linear sees, by stochastic gradients; the same seed gives the same weights. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LinearModel } from '../../src/scanners/linear/linear-model.ts';
import { ngramsOf } from '../../src/scanners/linear/ngrams.ts';
import { createRandom } from '../random.ts';

export interface Sample {
  /** Normalized as the scanner will normalize it. */
  readonly text: string;
  readonly isPositive: boolean;
  /** How much it counts; 1 for most. */
  readonly weight: number;
}

export interface LinearTraining {
  /** Their binary logarithm: 18 gives 262,144 weights of a byte each. */
  readonly bucketBits: number;
  readonly epochs: number;
  readonly learningRate: number;
  /** Of the learning rate, what is left at the end; it falls evenly. 1 where it stays. */
  readonly finalShare: number;
  /** Pulls weights to nothing, once for each time they are touched. */
  readonly decay: number;
  readonly seed: number;
}

interface Prepared {
  readonly buckets: Uint32Array;
  readonly target: number;
  readonly weight: number;
}

/** Adagrad: n-grams that are rare take larger steps. */
export function trainLinear(samples: readonly Sample[], training: LinearTraining): LinearModel {
  const size = 2 ** training.bucketBits;
  const weights = new Float32Array(size);
  const squares = new Float32Array(size).fill(1e-6);
  const prepared = samples.map((sample) => prepare(sample, size - 1));
  const random = createRandom(training.seed);
  let bias = 0;
  let biasSquares = 1e-6;
  const steps = training.epochs * prepared.length;
  let step = 0;
  for (let epoch = 0; epoch < training.epochs; epoch++) {
    for (const { buckets, target, weight } of random.shuffled(prepared)) {
      const rate = training.learningRate * Math.max(training.finalShare, 1 - step++ / steps);
      const norm = 1 / Math.sqrt(Math.max(1, buckets.length));
      let sum = 0;
      for (const bucket of buckets) sum += weights[bucket] ?? 0;
      const error = (1 / (1 + Math.exp(-(bias + sum * norm))) - target) * weight;
      biasSquares += error * error;
      bias -= (rate * error) / Math.sqrt(biasSquares);
      const gradient = error * norm;
      for (const bucket of buckets) {
        const slope = gradient + training.decay * (weights[bucket] ?? 0);
        const square = (squares[bucket] ?? 0) + slope * slope;
        squares[bucket] = square;
        weights[bucket] = (weights[bucket] ?? 0) - (rate * slope) / Math.sqrt(square);
      }
    }
  }
  return quantized(weights, bias);
}

function prepare({ text, isPositive, weight }: Sample, mask: number): Prepared {
  const { hashes, numbers } = ngramsOf(text);
  const buckets = Uint32Array.from(hashes.subarray(0, numbers.at(-1)), (hash) => hash & mask);
  return { buckets, target: isPositive ? 1 : 0, weight };
}

/** A byte each; the few largest are cut, so that the many small ones keep their differences. */
function quantized(weights: Float32Array, bias: number): LinearModel {
  const sizes = weights
    .map(Math.abs)
    .filter((size) => size > 0)
    .sort();
  const largest = sizes[Math.floor(sizes.length * 0.9995)] ?? 1;
  const scale = largest / 127;
  const bytes = Int8Array.from(weights, (weight) =>
    Math.max(-127, Math.min(127, Math.round(weight / scale))),
  );
  return { weights: bytes, scale, bias };
}

/** Writes `weights.bin`, and `model.json` with what `facts` adds (calibration, sources, figures). */
export function writeLinearModel(folder: string, { weights, scale, bias }: LinearModel, facts: object): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'weights.bin'), weights);
  const json = { buckets: weights.length, scale, bias, ...facts };
  writeFileSync(join(folder, 'model.json'), `${JSON.stringify(json, null, 1)}\n`);
}
