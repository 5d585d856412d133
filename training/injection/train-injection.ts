/**
 * Makes the three injection models, the senses and their calibration again: `node training/injection/train-injection.ts DATA_FOLDER
 * [OUTPUT_FOLDER]`. The same data gives the same bytes.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Channel } from '../../src/domain/document.ts';
import type { LinearModel } from '../../src/scanners/linear/linear-model.ts';
import type { CalibrationStep } from '../../src/scanners/prompt-injection/calibration.ts';
import { modelNameFor, type ModelName } from '../../src/scanners/prompt-injection/model-name.ts';
import type { SenseModel } from '../../src/scanners/prompt-injection/roles/sense-model.ts';
import { trainLinear, writeLinearModel, type Sample } from '../linear/train-linear.ts';
import { calibrated, highestScores, isFlagged, SHARES_OF, wilson } from './calibrate.ts';
import { readData, type Data } from './data.ts';
import { developmentSlices, type Slice } from './development.ts';
import { directSamples } from './direct-samples.ts';
import { indirectSamples } from './indirect-samples.ts';
import { senseSamples, type SenseSample } from './sense-samples.ts';
import { toolSamples } from './tool-samples.ts';
import { trainSenses, writeSenses } from './train-senses.ts';
import { aroundWords, loudWords } from './vocabulary.ts';

export interface InjectionTraining {
  /** How many texts of our own a generator makes; the others follow it. */
  readonly size: number;
  readonly bucketBits: number;
  readonly epochs: number;
  /** Of each source; all of them where it is Infinity. */
  readonly mostRows: number;
}

const TRAINING: InjectionTraining = { size: 4_000, bucketBits: 18, epochs: 3, mostRows: Infinity };
const SAMPLES: Readonly<Record<ModelName, (data: Data, size: number) => readonly Sample[]>> = {
  direct: directSamples,
  indirect: indirectSamples,
  tool: toolSamples,
};
/** The rate whose recall is told slice by slice. */
const TOLD_RATE = 0.01;

export function trainInjection(folder: string, output: string, training: InjectionTraining): void {
  const data = readData(folder, 'train', training.mostRows);
  const held = readData(folder, 'development', training.mostRows);
  const slices = developmentSlices(held, Math.ceil(training.size / 10));
  const senseTexts = senseSamples(data, training.size);
  const senses = trainSenses(senseTexts, training.bucketBits);
  writeSenses(output, senses, { samples: countsOf(senseTexts), sources: data.sources });
  for (const name of ['direct', 'indirect', 'tool'] as const) {
    const { model, samples } = trainTwice(name, data, training);
    const measured = measure(
      name,
      model,
      senses,
      slices.filter(({ channel }) => modelNameFor(channel) === name),
    );
    writeLinearModel(join(output, name), model, {
      ...measured,
      samples: { positive: samples.filter(({ isPositive }) => isPositive).length, all: samples.length },
      sources: data.sources,
    });
  }
}

/** The second time with benign sentences around the words that were an attack to the first. */
function trainTwice(
  name: ModelName,
  data: Data,
  training: InjectionTraining,
): { readonly model: LinearModel; readonly samples: readonly Sample[] } {
  const options = { ...training, learningRate: 0.05, finalShare: 0.05, decay: 3e-4, seed: 1 };
  const first = SAMPLES[name](data, training.size);
  const words = loudWords(trainLinear(first, { ...options, epochs: 1 }), first, Math.ceil(training.size / 6));
  const samples = [...first, ...aroundWords(words, name, 12)];
  return { model: trainLinear(samples, options), samples };
}

function countsOf(samples: readonly SenseSample[]): Readonly<Record<string, number>> {
  const meant = (what: SenseSample['meant']): number => samples.filter((each) => each.meant === what).length;
  return { addressed: meant('addressed'), requested: meant('requested'), all: samples.length };
}

interface Scored {
  readonly slice: Slice;
  readonly scores: readonly ReturnType<typeof highestScores>[];
}

function measure(name: ModelName, model: LinearModel, senses: SenseModel, slices: readonly Slice[]) {
  const scored = slices.map(
    (slice): Scored => ({
      slice,
      scores: slice.texts.map((text) => highestScores(text, model, name, senses)),
    }),
  );
  const calibration: Partial<Record<Channel, readonly CalibrationStep[]>> = {};
  for (const channel of new Set(slices.map((slice) => slice.channel))) {
    const benign = scored.filter(({ slice }) => slice.channel === channel && slice.calibrates);
    calibration[channel] = calibrated(
      benign.flatMap(({ scores }) => scores),
      SHARES_OF[channel],
    );
  }
  return { calibration, slices: scored.map((each) => told(each, calibration)) };
}

function told(
  { slice: { name, channel, isAttack }, scores }: Scored,
  calibration: Partial<Record<Channel, readonly CalibrationStep[]>>,
) {
  const step = calibration[channel]?.find(({ rate }) => rate === TOLD_RATE);
  const thresholds = { ...step?.thresholds, ...step?.senses };
  const flagged = scores.filter((each) => isFlagged(each, thresholds)).length;
  return { name, channel, isAttack, texts: scores.length, flagged, interval: wilson(flagged, scores.length) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , folder, output = 'models/injection'] = process.argv;
  if (folder === undefined) throw new Error('usage: train-injection.ts DATA_FOLDER [OUTPUT_FOLDER]');
  trainInjection(folder, output, TRAINING);
}
