/** Which senses are looked for in a channel, and how much a sentence has of each. */
import type { ModelName } from '../model-name.ts';
import { valueIn } from '../shape-weights.ts';
import { featuresOf } from './features.ts';
import { mayMean, rolesOf } from './roles.ts';
import { scoreSense, senseModel, type Sense, type SenseModel } from './sense-model.ts';

export interface SenseReader {
  readonly sense: Sense;
  readonly model: SenseModel;
  /** Log-odds at which a sentence is taken for it. */
  readonly threshold: number;
}

export const NO_SENSES: readonly SenseReader[] = [];

/** Characters before a sentence that tell of whom it speaks; fewer than a rule may match. */
const CONTEXT = 160;

/** A document is full of requests to people, and a person's turn is made of them: only what speaks to a model is found there. */
export const SENSES_OF: Readonly<Record<ModelName, readonly Sense[]>> = {
  direct: [],
  indirect: ['addressed'],
  tool: ['addressed', 'requested'],
};

/** A sense without a threshold is not looked for. */
export function senseReaders(
  name: ModelName,
  thresholds: Readonly<Partial<Record<Sense, number | undefined>>>,
  modelOf: (sense: Sense) => SenseModel = senseModel,
): readonly SenseReader[] {
  return SENSES_OF[name].flatMap((sense) => {
    const threshold = thresholds[sense];
    return threshold === undefined ? [] : [{ sense, model: modelOf(sense), threshold }];
  });
}

/** The features of a sentence of a text; the name of the field that it is the value of is context. */
export function sensible(text: string, start: number, end: number): Int32Array {
  const begin = beginOf(text, start, end);
  return featuresOf(rolesOf(text.slice(begin, end)), contextOf(text, begin));
}

function beginOf(text: string, start: number, end: number): number {
  return start + valueIn(text.slice(start, end));
}

function contextOf(text: string, begin: number): ReturnType<typeof rolesOf> {
  return rolesOf(text.slice(Math.max(0, begin - CONTEXT), begin));
}

export interface Sensed {
  readonly sense: Sense;
  readonly score: number;
  readonly threshold: number;
}

/** The senses that a sentence is taken for. */
export function sensedIn(
  text: string,
  start: number,
  end: number,
  readers: readonly SenseReader[],
): readonly Sensed[] {
  if (readers.length === 0) return [];
  const begin = beginOf(text, start, end);
  const words = rolesOf(text.slice(begin, end));
  if (!mayMean(words)) return [];
  const features = featuresOf(words, contextOf(text, begin));
  return readers
    .map(({ sense, model, threshold }) => ({ sense, threshold, score: scoreSense(model, features) }))
    .filter(({ score, threshold }) => score >= threshold);
}
