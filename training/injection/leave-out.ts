/**
 * How far what is learned of requests carries: trains the tools' model with some fields of life and some voices left out, and
 * measures it on those: `node training/injection/leave-out.ts DATA_FOLDER`. Writes a Markdown table, and no model.
 */
import { modelNameFor } from '../../src/scanners/prompt-injection/model-name.ts';
import { shareOf } from '../../src/base/statistics.ts';
import type { LinearModel } from '../../src/scanners/linear/linear-model.ts';
import { trainLinear } from '../linear/train-linear.ts';
import { everything, reportedActs, requestedActs, type Choice } from './acts/compose.ts';
import { calibrated, highestScores } from './calibrate.ts';
import { proseOf, randomFor, readData, type Data } from './data.ts';
import { developmentSlices } from './development.ts';
import { placed } from './synthetic.ts';
import { toolSamples } from './tool-samples.ts';

const SIZE = 4_000;
const MEASURED = 400;
const RATE = 0.01;
/** Every third field and every third voice of the training's. */
const isLeftOut = (_: string, at: number): boolean => at % 3 === 0;
const isKept = (name: string, at: number): boolean => !isLeftOut(name, at);

function thresholdOf(model: LinearModel, data: Data): number {
  const benign = developmentSlices(data, MEASURED).filter(
    ({ channel, calibrates }) => modelNameFor(channel) === 'tool' && calibrates,
  );
  const scores = benign.flatMap(({ texts }) => texts.map((text) => highestScores(text, model, 'tool', null)));
  const step = calibrated(scores, { sentence: 1 }).find(({ rate }) => rate === RATE);
  return step?.thresholds.sentence ?? Infinity;
}

function row(name: string, texts: readonly string[], model: LinearModel, threshold: number): string {
  const flagged = texts.filter(
    (text) => highestScores(text, model, 'tool', null).sentence >= threshold,
  ).length;
  const { value, low, high } = shareOf(flagged, texts.length);
  const [share, from, to] = [value, low, high].map((each) => (100 * each).toFixed(1));
  return `| ${name} | ${texts.length} | ${share} % (${from} to ${to}) |`;
}

function measured(folder: string): string {
  const all = everything('train');
  const fields = all.fields.filter(isLeftOut);
  const voices = all.voices.filter(isLeftOut);
  const rest: Choice = { ...all, fields: all.fields.filter(isKept), voices: all.voices.filter(isKept) };
  const samples = toolSamples(readData(folder, 'train'), SIZE, rest);
  const options = { bucketBits: 18, epochs: 3, learningRate: 0.05, finalShare: 0.05, decay: 3e-4, seed: 1 };
  const model = trainLinear(samples, options);
  const held = readData(folder, 'development');
  const threshold = thresholdOf(model, held);
  const random = randomFor('left out');
  const prose = proseOf(held);
  const asked = (choice: Choice): readonly string[] =>
    placed(requestedActs(MEASURED, choice, random), 'tool', 'train', random, prose).map(({ text }) => text);
  const told = (choice: Choice): readonly string[] =>
    placed(reportedActs(MEASURED, choice, random), 'tool', 'train', random, prose).map(({ text }) => text);
  return [
    '| requests from | texts | flagged |',
    '|---|---|---|',
    row('fields and voices that were learned', asked(rest), model, threshold),
    row('fields left out', asked({ ...rest, fields }), model, threshold),
    row('voices left out', asked({ ...rest, voices }), model, threshold),
    row('fields and voices left out', asked({ ...rest, fields, voices }), model, threshold),
    row('benign: the same acts of fields left out, reported', told({ ...rest, fields }), model, threshold),
    '',
  ].join('\n');
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: leave-out.ts DATA_FOLDER');
process.stdout.write(measured(folder));
