/** Trains the senses of a sentence: one small network with an answer for each. The same samples give the same bytes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SENSES, widthOf, type SenseModel } from '../../src/scanners/prompt-injection/roles/sense-model.ts';
import { createRandom, type Random } from '../random.ts';
import type { SenseSample } from './sense-samples.ts';

/** Sums that bend, beside what a feature weighs alone for each sense. */
const HIDDEN = 6;
const EPOCHS = 4;
const LEARNING_RATE = 0.05;
/** Of the learning rate, what is left at the end. */
const FINAL_SHARE = 0.05;
const DECAY = 1e-4;
/** Of a sentence's features, how many are left out each time: what is learned must not hang on a few words. */
const LEFT_OUT = 0.5;
/** An error that small teaches nothing. */
const LEAST_ERROR = 1e-3;
/** Log-odds from which on a sentence speaks to a model by itself. */
const SPEAKS = 3;
const SEED = 2;

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
  /** The first sense's counts of all sums, then the second's. */
  readonly counts: Parameters;
  readonly biases: Parameters;
}

const ALONE = SENSES.length;
const WIDTH = ALONE + HIDDEN;

function created(buckets: number, random: Random): Network {
  return {
    rows: parameters(buckets * WIDTH, (at) => (at % WIDTH < ALONE ? 0 : (random.next() - 0.5) * 0.4)),
    begins: parameters(HIDDEN, () => 0),
    counts: parameters(HIDDEN * ALONE, (at) => ((at % HIDDEN) % 2 === 0 ? -0.5 : 0.5)),
    biases: parameters(ALONE, () => 0),
  };
}

/**
 * Of an attack in several sentences not each speaks to a model: those that the network, so far, hears less in than in another
 * of the same attack teach nothing for a while.
 */
export function trainSenses(samples: readonly SenseSample[], bucketBits: number): SenseModel {
  const random = createRandom(SEED);
  const network = created(2 ** bucketBits, random);
  const steps = EPOCHS * samples.length;
  let done = 0;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    const silent = epoch === 0 ? new Set() : silentIn(samples, network);
    for (const sample of random.shuffled(samples)) {
      const rate = LEARNING_RATE * Math.max(FINAL_SHARE, 1 - done++ / steps);
      if (!silent.has(sample)) learn(network, sample, rate, random);
    }
  }
  return quantized(network);
}

function silentIn(samples: readonly SenseSample[], network: Network): ReadonlySet<SenseSample> {
  const attacks = Map.groupBy(
    samples.filter(({ meant, attack }) => meant === 'addressed' && attack !== null),
    ({ attack }) => attack,
  );
  const silent = new Set<SenseSample>();
  for (const sentences of attacks.values()) {
    if (sentences.length < 2) continue;
    const scores = sentences.map(({ features }) => answersOf(network, features).scores[0] ?? 0);
    const loudest = Math.max(...scores);
    for (const [at, score] of scores.entries()) {
      const sentence = sentences[at];
      if (sentence && score < loudest && score < SPEAKS) silent.add(sentence);
    }
  }
  return silent;
}

interface Answers {
  readonly scores: Float64Array;
  /** What each sum is above nothing. */
  readonly bent: Float64Array;
  /** What a feature counts for. */
  readonly share: number;
}

function answersOf({ rows, begins, counts, biases }: Network, features: ArrayLike<number>): Answers {
  const mask = rows.values.length / WIDTH - 1;
  const share = 1 / Math.sqrt(Math.max(1, features.length));
  const sums = new Float64Array(WIDTH);
  for (let at = 0; at < features.length; at++) {
    const row = ((features[at] ?? 0) & mask) * WIDTH;
    for (let column = 0; column < WIDTH; column++)
      sums[column] = (sums[column] ?? 0) + (rows.values[row + column] ?? 0);
  }
  const bent = Float64Array.from(begins.values, (begin, at) =>
    Math.max(0, begin + (sums[ALONE + at] ?? 0) * share),
  );
  const scores = Float64Array.from(biases.values, (bias, sense) => {
    let score = bias + (sums[sense] ?? 0) * share;
    for (let at = 0; at < HIDDEN; at++) score += (bent[at] ?? 0) * (counts.values[sense * HIDDEN + at] ?? 0);
    return score;
  });
  return { scores, bent, share };
}

function learn(network: Network, sample: SenseSample, rate: number, random: Random): void {
  const features = sample.features.filter(() => random.next() >= LEFT_OUT);
  const { scores, bent, share } = answersOf(network, features);
  const targets = [sample.meant === 'addressed' ? 1 : 0, sample.meant === null ? 0 : 1];
  const errors = scores.map(
    (score, sense) => (1 / (1 + Math.exp(-score)) - (targets[sense] ?? 0)) * sample.weight,
  );
  if (errors.every((error) => Math.abs(error) < LEAST_ERROR)) return;
  const { rows, begins, counts, biases } = network;
  const slopes = new Float64Array(WIDTH);
  for (const [sense, error] of errors.entries()) {
    step(biases, sense, error, rate);
    slopes[sense] = error * share;
  }
  for (let at = 0; at < HIDDEN; at++) {
    const sum = bent[at] ?? 0;
    if (sum <= 0) continue;
    let slope = 0;
    for (const [sense, error] of errors.entries()) {
      slope += error * (counts.values[sense * HIDDEN + at] ?? 0);
      step(counts, sense * HIDDEN + at, error * sum, rate);
    }
    step(begins, at, slope, rate);
    slopes[ALONE + at] = slope * share;
  }
  const mask = rows.values.length / WIDTH - 1;
  for (const feature of features) {
    const row = (feature & mask) * WIDTH;
    for (let column = 0; column < WIDTH; column++) {
      const slope = slopes[column] ?? 0;
      if (slope !== 0) step(rows, row + column, slope + DECAY * (rows.values[row + column] ?? 0), rate);
    }
  }
}

/** A byte each; the few largest are cut, so that the many small ones keep their differences. */
function quantized({ rows, begins, counts, biases }: Network): SenseModel {
  const isAlone = (at: number): boolean => at % WIDTH < ALONE;
  const scaleOf = (wanted: boolean): number => {
    const sizes = rows.values
      .filter((value, at) => value !== 0 && isAlone(at) === wanted)
      .map(Math.abs)
      .sort();
    return (sizes[Math.floor(sizes.length * 0.9995)] || 1) / 127;
  };
  const [scale, sumScale] = [scaleOf(true), scaleOf(false)];
  const weights = Int8Array.from(rows.values, (value, at) =>
    Math.max(-127, Math.min(127, Math.round(value / (isAlone(at) ? scale : sumScale)))),
  );
  const outputs = SENSES.map((sense, at) => [
    sense,
    { bias: biases.values[at] ?? 0, counts: [...counts.values.subarray(at * HIDDEN, (at + 1) * HIDDEN)] },
  ]);
  return {
    weights,
    scale,
    sumScale,
    begins: [...begins.values],
    outputs: Object.fromEntries(outputs) as SenseModel['outputs'],
  };
}

/** Writes `weights.bin` and `model.json`. */
export function writeSenses(folder: string, senses: SenseModel, facts: object): void {
  const { weights, ...model } = senses;
  const own = join(folder, 'senses');
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, 'weights.bin'), weights);
  const json = { buckets: weights.length / widthOf(model), ...model, ...facts };
  writeFileSync(join(own, 'model.json'), `${JSON.stringify(json, null, 1)}\n`);
}
