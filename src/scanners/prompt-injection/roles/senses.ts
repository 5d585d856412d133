/** Which senses are looked for in a channel, and how much a sentence has of each. */
import type { ModelName } from '../model-name.ts';
import { valueIn } from '../shape-weights.ts';
import { featuresOf } from './features.ts';
import { mayMean, readSentence, rolesOf, type ReadSentence } from './roles.ts';
import { scoreSenses, senseModel, SENSES, type Sense, type SenseModel } from './sense-model.ts';

/** The senses that are looked for. */
export interface SenseReader {
  readonly model: SenseModel;
  /** Log-odds at which a sentence is taken for it; a sense without one is not looked for. */
  readonly thresholds: Readonly<Partial<Record<Sense, number | undefined>>>;
}

/** Characters before a sentence that tell of whom it speaks; fewer than a rule may match. */
const CONTEXT = 160;

/**
 * A document is full of requests to people: only what speaks to a model is found there. What a tool returns asks for nothing.
 * A person's turn is made of requests to a model.
 */
const SENSES_OF: Readonly<Record<ModelName, readonly Sense[]>> = {
  direct: [],
  indirect: ['addressed'],
  tool: ['requested'],
};

/** Null where none is looked for. */
export function senseReader(
  name: ModelName,
  thresholds: SenseReader['thresholds'],
  model: () => SenseModel = senseModel,
): SenseReader | null {
  const own = SENSES_OF[name].filter((sense) => thresholds[sense] !== undefined);
  if (own.length === 0) return null;
  return { model: model(), thresholds: Object.fromEntries(own.map((sense) => [sense, thresholds[sense]])) };
}

/** The features of a sentence of a text; the name of the field that it is the value of is context. */
export function sensible(text: string, start: number, end: number): Int32Array {
  const begin = beginOf(text, start, end);
  return featuresOf(readSentence(text.slice(begin, end)), contextOf(text, begin));
}

function beginOf(text: string, start: number, end: number): number {
  return start + valueIn(text.slice(start, end));
}

function contextOf(text: string, begin: number): ReadSentence['roles'] {
  return rolesOf(text.slice(Math.max(0, begin - CONTEXT), begin));
}

export interface Sensed {
  readonly sense: Sense;
  readonly score: number;
  readonly threshold: number;
}

const NOTHING: readonly Sensed[] = [];

/** The senses that a sentence is taken for. */
export function sensedIn(
  text: string,
  start: number,
  end: number,
  { model, thresholds }: SenseReader,
): readonly Sensed[] {
  const begin = beginOf(text, start, end);
  const sentence = readSentence(text.slice(begin, end));
  if (!mayMean(sentence)) return NOTHING;
  const scores = scoreSenses(model, featuresOf(sentence, contextOf(text, begin)));
  return SENSES.flatMap((sense) => {
    const threshold = thresholds[sense];
    const score = scores[sense];
    return threshold === undefined || score < threshold ? [] : [{ sense, score, threshold }];
  });
}
