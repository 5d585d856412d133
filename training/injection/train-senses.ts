/** Trains the two senses of a sentence: small networks over the roles of its words. The same samples give the same bytes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  SENSES,
  type Sense,
  type SenseModel,
} from '../../src/scanners/prompt-injection/roles/sense-model.ts';
import { createRandom, type Random } from '../random.ts';
import type { SenseSample } from './sense-samples.ts';

/** Sums that bend, beside the one that does not. */
const HIDDEN = 8;
const EPOCHS = 3;
const LEARNING_RATE = 0.05;
/** Of the learning rate, what is left at the end. */
const FINAL_SHARE = 0.05;
const DECAY = 1e-4;
/** An error that small teaches nothing. */
const LEAST_ERROR = 1e-3;
const SEED = 1;

export type SenseModels = Readonly<Record<Sense, SenseModel>>;

interface Target {
  readonly features: Uint32Array;
  readonly target: number;
  readonly weight: number;
}

export function trainSenses(samples: readonly SenseSample[], bucketBits: number): SenseModels {
  return {
    addressed: trainSense(targetsOf('addressed', samples), bucketBits),
    requested: trainSense(targetsOf('requested', samples), bucketBits),
  };
}

/**
 * What asks without speaking to a model is no address. What is addressed is left out of requests, and so are questions to a
 * model, which read like what people ask one another.
 */
function targetsOf(sense: Sense, samples: readonly SenseSample[]): readonly Target[] {
  return samples
    .filter(({ meant }) => sense === 'addressed' || meant === null || meant === sense)
    .map(({ features, meant, weight }) => ({
      features,
      target: meant === sense ? 1 : 0,
      weight: meant === null || meant === sense ? weight : 1,
    }));
}

/** Parameters and, for each, the sum of its squared slopes: those that are seldom touched take larger steps. */
interface Parameters {
  readonly values: Float32Array;
  readonly squares: Float32Array;
}

function parameters(count: number, value: (at: number) => number): Parameters {
  return {
    values: Float32Array.from({ length: count }, (_, at) => value(at)),
    squares: new Float32Array(count).fill(1e-4),
  };
}

function step({ values, squares }: Parameters, at: number, slope: number, rate: number): void {
  const square = (squares[at] ?? 0) + slope * slope;
  squares[at] = square;
  values[at] = (values[at] ?? 0) - (rate * slope) / Math.sqrt(square);
}

interface Network {
  readonly rows: Parameters;
  readonly begins: Parameters;
  readonly counts: Parameters;
  readonly bias: Parameters;
}

const WIDTH = HIDDEN + 1;

function created(buckets: number, random: Random): Network {
  return {
    rows: parameters(buckets * WIDTH, (at) => (at % WIDTH === 0 ? 0 : (random.next() - 0.5) * 0.4)),
    begins: parameters(HIDDEN, () => 0),
    counts: parameters(HIDDEN, (at) => (at % 2 === 0 ? -0.5 : 0.5)),
    bias: parameters(1, () => 0),
  };
}

function trainSense(samples: readonly Target[], bucketBits: number): SenseModel {
  const random = createRandom(SEED);
  const network = created(2 ** bucketBits, random);
  const steps = EPOCHS * samples.length;
  let done = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch++)
    for (const sample of random.shuffled(samples))
      learn(network, sample, LEARNING_RATE * Math.max(FINAL_SHARE, 1 - done++ / steps));
  return quantized(network);
}

function learn(
  { rows, begins, counts, bias }: Network,
  { features, target, weight }: Target,
  rate: number,
): void {
  const mask = rows.values.length / WIDTH - 1;
  const share = 1 / Math.sqrt(Math.max(1, features.length));
  const sums = new Float64Array(WIDTH);
  for (const feature of features) {
    const row = (feature & mask) * WIDTH;
    for (let at = 0; at < WIDTH; at++) sums[at] = (sums[at] ?? 0) + (rows.values[row + at] ?? 0);
  }
  let score = (bias.values[0] ?? 0) + (sums[0] ?? 0) * share;
  for (let at = 1; at < WIDTH; at++) {
    sums[at] = (begins.values[at - 1] ?? 0) + (sums[at] ?? 0) * share;
    score += Math.max(0, sums[at] ?? 0) * (counts.values[at - 1] ?? 0);
  }
  const error = (1 / (1 + Math.exp(-score)) - target) * weight;
  if (Math.abs(error) < LEAST_ERROR) return;
  step(bias, 0, error, rate);
  const slopes = new Float64Array(WIDTH);
  slopes[0] = error * share;
  for (let at = 1; at < WIDTH; at++) {
    const sum = sums[at] ?? 0;
    if (sum <= 0) continue;
    const slope = error * (counts.values[at - 1] ?? 0);
    step(counts, at - 1, error * sum, rate);
    step(begins, at - 1, slope, rate);
    slopes[at] = slope * share;
  }
  for (const feature of features) {
    const row = (feature & mask) * WIDTH;
    for (let at = 0; at < WIDTH; at++) {
      const slope = slopes[at] ?? 0;
      if (slope !== 0) step(rows, row + at, slope + DECAY * (rows.values[row + at] ?? 0), rate);
    }
  }
}

/** A byte each; the few largest are cut, so that the many small ones keep their differences. */
function quantized({ rows, begins, counts, bias }: Network): SenseModel {
  const scaleOf = (isAlone: boolean): number => {
    const sizes = rows.values
      .filter((_, at) => (at % WIDTH === 0) === isAlone)
      .map(Math.abs)
      .sort();
    return (sizes[Math.floor(sizes.length * 0.9995)] || 1) / 127;
  };
  const [scale, sumScale] = [scaleOf(true), scaleOf(false)];
  const weights = Int8Array.from(rows.values, (value, at) =>
    Math.max(-127, Math.min(127, Math.round(value / (at % WIDTH === 0 ? scale : sumScale)))),
  );
  return {
    weights,
    scale,
    sumScale,
    bias: bias.values[0] ?? 0,
    begins: [...begins.values],
    counts: [...counts.values],
  };
}

/** Writes `weights.bin` and `model.json` of each sense. */
export function writeSenses(folder: string, models: SenseModels, facts: object): void {
  for (const sense of SENSES) {
    const { weights, ...model } = models[sense];
    mkdirSync(join(folder, sense), { recursive: true });
    writeFileSync(join(folder, sense, 'weights.bin'), weights);
    const json = { buckets: weights.length / WIDTH, ...model, ...facts };
    writeFileSync(join(folder, sense, 'model.json'), `${JSON.stringify(json, null, 1)}\n`);
  }
}
