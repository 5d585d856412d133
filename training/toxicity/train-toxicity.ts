/** Trains and measures the toxicity models: `node training/toxicity/train-toxicity.ts DATA_FOLDER`. */
import { areaInterval, areaUnderCurve, shareOf } from '../../src/base/statistics.ts';
import { passages } from '../../src/base/passages.ts';
import { harmFeatures, PASSAGE, worstLayer } from '../../src/scanners/toxicity/harm-features.ts';
import { HARMS, modelName, type Calibration, type Harm } from '../../src/scanners/toxicity/harm-models.ts';
import { scoreWhole, type LinearModel } from '../../src/scanners/linear/linear-model.ts';
import { trainLinear, writeLinearModel, type Sample } from '../linear/train-linear.ts';
import { isHeldOut } from '../held-out.ts';
import { createRandom } from '../random.ts';
import { generateSentences } from './generate.ts';
import { readLabelled, type Labelled } from './labelled-rows.ts';

interface Example extends Labelled {
  readonly isHeldOut: boolean;
}
interface Scored extends Example {
  readonly score: number;
}

const RATES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05];
const SENTENCES_EACH = 20;
/** A long harmless text would otherwise count as many times as it has passages. */
const MOST_PASSAGES = 6;
const TRAINING = { epochs: 15, learningRate: 0.1, finalShare: 1, decay: 5e-4, seed: 20261126 };
/** What is generated is cleaner than what people write, and counts less. */
const TEMPLATE_WEIGHT = 0.7;

const folder = process.argv[2];
if (folder === undefined) throw new Error('node training/toxicity/train-toxicity.ts DATA_FOLDER');
train(folder);

function train(dataFolder: string): void {
  const examples = [...rowExamples(dataFolder), ...generatedExamples()];
  const trained = examples.filter(({ isHeldOut }) => !isHeldOut);
  const harm = trainLinear(trained.flatMap(harmSamples), { ...TRAINING, bucketBits: 18 });
  const kinds = HARMS.map((kind) => trainLinear(kindSamples(trained, kind), { ...TRAINING, bucketBits: 16 }));
  const heldOut = examples
    .filter(({ isHeldOut }) => isHeldOut)
    .map((example) => ({ ...example, score: textScore(harm, example.text) }));
  const models = new URL('../../models/', import.meta.url).pathname;
  writeLinearModel(`${models}toxicity/harm`, harm, {
    calibrations: calibrations(heldOut),
    areas: areas(heldOut),
    recalls: recalls(heldOut),
    kinds: kindAccuracy(heldOut, kinds),
    trainedOn: trained.length,
    calibratedOn: harmless(heldOut).length,
  });
  for (const [index, kind] of kinds.entries()) {
    const name = HARMS[index];
    if (name) writeLinearModel(`${models}${modelName(name)}`, kind, {});
  }
}

function rowExamples(dataFolder: string): readonly Example[] {
  return readLabelled(dataFolder).map((row) => ({ ...row, isHeldOut: isHeldOut(row.text) }));
}

function generatedExamples(): readonly Example[] {
  return generateSentences(createRandom(TRAINING.seed), SENTENCES_EACH).map(({ text, kind, isHeldOut }) => ({
    text,
    kind,
    isHarmful: kind !== null,
    source: 'templates',
    weight: TEMPLATE_WEIGHT,
    isHeldOut,
  }));
}

function harmSamples({ text, isHarmful, weight }: Example): readonly Sample[] {
  const parts = isHarmful ? [text.slice(0, PASSAGE.most)] : passagesOf(text).slice(0, MOST_PASSAGES);
  return parts.map((part) => ({ text: harmFeatures(part), isPositive: isHarmful, weight }));
}

/** One kind against the others: what is harmless never comes this far. */
function kindSamples(examples: readonly Example[], kind: Harm): readonly Sample[] {
  return examples
    .filter((example) => example.isHarmful && example.kind !== null)
    .map(({ text, kind: own, weight }) => ({
      text: harmFeatures(text.slice(0, PASSAGE.most)),
      isPositive: own === kind,
      weight,
    }));
}

function passagesOf(text: string): readonly string[] {
  return [...passages(text, 0, PASSAGE)]
    .map(({ start, end }) => text.slice(start, end))
    .filter((part) => part.trim() !== '');
}

function textScore(model: LinearModel, text: string): number {
  return Math.max(
    -99,
    ...passagesOf(text).map((part) => worstLayer(part, (features) => scoreWhole(model, features)).score),
  );
}

/** Whole texts that harm nobody, from the data folder alone: the templates' twins are chosen to be hard. */
function harmless(heldOut: readonly Scored[]): readonly number[] {
  return heldOut.filter(({ source }) => source.startsWith('ben_')).map(({ score }) => score);
}

function calibrations(heldOut: readonly Scored[]): readonly Calibration[] {
  const scores = harmless(heldOut).toSorted((a, b) => b - a);
  return RATES.map((rate) => {
    // Just above the first score that would be one too many.
    const threshold = (scores[Math.floor(rate * scores.length)] ?? 0) + 1e-6;
    const share = shareOf(scores.filter((score) => score >= threshold).length, scores.length);
    return { rate, threshold, measured: share.value, low: share.low, high: share.high };
  });
}

function areas(heldOut: readonly Scored[]): object {
  const scores = (isIn: (example: Scored) => boolean) => heldOut.filter(isIn).map(({ score }) => score);
  const benign = harmless(heldOut);
  const twins = scores(({ source, isHarmful }) => source === 'templates' && !isHarmful);
  const from = (part: string, isHarmful: boolean) =>
    scores((example) => example.source.includes(part) && example.isHarmful === isHarmful);
  const long = scores(({ source, text }) => source.startsWith('ben_') && text.length > 500);
  const kindsOf = (source: string, negatives: readonly number[]) =>
    Object.fromEntries(
      HARMS.map((kind) => [
        kind,
        area(
          scores((example) => example.source.includes(source) && example.kind === kind),
          negatives,
        ),
      ]),
    );
  return {
    'tweets: hate against neither': area(
      scores(({ source, kind }) => source.includes('davidson') && kind === 'HATE'),
      from('davidson', false),
    ),
    'comments: toxic against not': area(from('surge', true), from('surge', false)),
    'red-team questions: harmful against not': area(from('hh-rlhf', true), from('hh-rlhf', false)),
    'red-team questions, by kind': kindsOf('hh-rlhf', from('hh-rlhf', false)),
    'templates against their twins': kindsOf('templates', twins),
    'templates against benign texts': kindsOf('templates', benign),
    'templates against long benign texts': kindsOf('templates', long),
    'beginnings of sentences against benign texts': kindsOf('rtp', benign),
    'harmful requests against benign texts': area(from('harmbench', true), benign),
  };
}

function area(positives: readonly number[], negatives: readonly number[]): object | null {
  if (positives.length === 0) return null;
  const value = areaUnderCurve(positives, negatives);
  return { value, ...areaInterval(value, positives.length, negatives.length), of: positives.length };
}

/** What each threshold catches, and how many of the hard twins it flags. */
function recalls(heldOut: readonly Scored[]): readonly object[] {
  return calibrations(heldOut).map(({ rate, threshold }) => {
    const share = (isIn: (example: Scored) => boolean) => {
      const some = heldOut.filter(isIn);
      return shareOf(some.filter(({ score }) => score >= threshold).length, some.length);
    };
    return {
      rate,
      templates: share(({ source, isHarmful }) => source === 'templates' && isHarmful),
      questions: share(({ source, isHarmful }) => source.includes('hh-rlhf') && isHarmful),
      questionsFlagged: share(({ source, isHarmful }) => source.includes('hh-rlhf') && !isHarmful),
      comments: share(({ source, isHarmful }) => source.includes('surge') && isHarmful),
      twinsFlagged: share(({ source, isHarmful }) => source === 'templates' && !isHarmful),
    };
  });
}

/** How often the likeliest kind is the right one. */
function kindAccuracy(heldOut: readonly Scored[], kinds: readonly LinearModel[]): object {
  const known = heldOut.filter(({ kind, isHarmful }) => isHarmful && kind !== null);
  return Object.fromEntries(
    HARMS.map((harm) => {
      const own = known.filter(({ kind }) => kind === harm);
      const right = own.filter(({ text }) => likeliest(kinds, text) === harm);
      return [harm, shareOf(right.length, own.length)];
    }),
  );
}

function likeliest(kinds: readonly LinearModel[], text: string): Harm | undefined {
  const scores = kinds.map((kind) => scoreWhole(kind, harmFeatures(text.slice(0, PASSAGE.most))));
  return HARMS[scores.indexOf(Math.max(...scores))];
}
