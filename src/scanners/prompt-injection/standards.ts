/** How each channel is judged: its rules, its model, and its thresholds for the share of benign texts that may be flagged. */
import type { Channel } from '../../domain/document.ts';
import { stepFor } from './calibration.ts';
import type { Standard } from './evidence.ts';
import { modelNameFor } from './model-name.ts';
import { injectionModel } from './models.ts';
import { senseReader } from './roles/senses.ts';
import { RULES } from './rules.ts';
import { shapesFor } from './shapes.ts';
import { createStemFinder } from './stem-finder.ts';

/** Where the configuration does not say. A person's words and an answer deserve more trust than a page from the web. */
const DEFAULT_RATES: Readonly<Record<Channel, number>> = {
  user: 0.01,
  document: 0.02,
  tool: 0.02,
  answer: 0.005,
  instruction: 0.005,
};

export type Standards = Readonly<Record<Channel, Standard>>;

/** @throws Error naming the channel, where a share is asked for that was not measured */
export function createStandards(
  rates: number | Readonly<Partial<Record<Channel, number | undefined>>>,
  rules: boolean,
): Standards {
  const standard = (channel: Channel): Standard => {
    const { model, calibration } = injectionModel(modelNameFor(channel));
    const rate = typeof rates === 'number' ? rates : (rates[channel] ?? DEFAULT_RATES[channel]);
    const step = stepFor(calibration, channel, rate);
    const own = rules ? RULES.filter(({ channels }) => channels.includes(channel)) : [];
    return {
      rules: own,
      stems: createStemFinder(own.map(({ stems }) => stems)),
      model,
      shapes: shapesFor(modelNameFor(channel)),
      senses: senseReader(modelNameFor(channel), step.senses),
      thresholds: step.thresholds,
    };
  };
  return {
    user: standard('user'),
    document: standard('document'),
    tool: standard('tool'),
    answer: standard('answer'),
    instruction: standard('instruction'),
  };
}
