/** Explains to an administrator what was found: the rule or the words that spoke, the layer they were in, what would have passed. */
import type { Channel } from '../../domain/document.ts';
import type { Span } from '../../domain/finding.ts';
import { scoreWindows, type LinearModel } from '../linear/linear-model.ts';
import type { Layer } from '../reading/reading.ts';
import type { CalibrationStep, Window } from './calibration.ts';
import type { Evidence } from './evidence.ts';
import { modelNameFor } from './model-name.ts';
import { injectionModel } from './models.ts';
import type { Sense } from './roles/sense-model.ts';
import type { Kind } from './rule.ts';
import { speakingIn, type Found } from './speaking.ts';
import { createStandards } from './standards.ts';

/** What one word added to a score, in log-odds; it stands at these offsets of the text as it was given. */
export interface Contribution extends Span {
  readonly weight: number;
}

export type Reason =
  | {
      readonly source: 'rule';
      readonly kind: Kind;
      readonly rule: string;
      /** `plain`, or what the passage was encoded in. */
      readonly layer: Layer['encoding'];
      readonly span: Span;
    }
  | {
      readonly source: 'limit';
      readonly kind: Kind;
      readonly layer: Layer['encoding'];
      /** Where something encoded goes on that is not read. */
      readonly span: Span;
    }
  | {
      readonly source: 'model';
      readonly kind: Kind;
      readonly layer: Layer['encoding'];
      readonly window: Window;
      readonly span: Span;
      readonly score: number;
      readonly threshold: number;
      /** Log-odds of a text that says nothing. The bias, all contributions and all shapes are the score, exactly. */
      readonly bias: number;
      /** What kinds of request the sentence looks like, and what each adds. */
      readonly shapes: readonly { readonly id: string; readonly weight: number }[];
      readonly contributions: readonly Contribution[];
      /** The largest share of false alarms that was measured at which this window would have passed; null: at none. */
      readonly passesAt: number | null;
    }
  | {
      readonly source: 'sense';
      readonly kind: Kind;
      readonly layer: Layer['encoding'];
      /** What the sentence was taken for by its words and their roles. */
      readonly sense: Sense;
      readonly span: Span;
      readonly score: number;
      readonly threshold: number;
      readonly passesAt: number | null;
    };

/** One sentence that was found, and all that speaks against it. */
export interface Explanation extends Span {
  readonly reasons: readonly Reason[];
  /** Whether it would pass without the rules. */
  readonly passesWithoutRules: boolean;
}

/** `rates` as in the configuration. Only for texts that a person looks at: it costs more than a scan. */
export function explain(
  text: string,
  channel: Channel,
  rates: Parameters<typeof createStandards>[0] = {},
): readonly Explanation[] {
  const standard = createStandards(rates, true)[channel];
  return speakingIn(text, 0, true, standard).speaking.map(({ start, end, evidence }) => ({
    start,
    end,
    reasons: evidence.map((found) => reasonOf(found, channel)),
    passesWithoutRules: evidence.every((found) => found.evidence.source === 'rule'),
  }));
}

function reasonOf({ evidence, layer }: Found, channel: Channel): Reason {
  const place = {
    kind: evidence.kind,
    layer: layer.encoding,
    span: layer.rawSpan(evidence.start, evidence.end),
  };
  if (evidence.source === 'limit') return { source: 'limit', ...place };
  if (evidence.source === 'rule') return { source: 'rule', rule: evidence.rule, ...place };
  if (evidence.source === 'sense') {
    const { sense, score, threshold } = evidence;
    return {
      source: 'sense',
      ...place,
      sense,
      score,
      threshold,
      passesAt: passesAt(channel, ({ senses }) => senses[sense], score),
    };
  }
  const { model } = injectionModel(modelNameFor(channel));
  const { window, score, shapes, threshold } = evidence;
  return {
    source: 'model',
    ...place,
    window,
    score,
    threshold,
    bias: model.bias,
    shapes: shapes.map(({ id, weight }) => ({ id, weight })),
    contributions: contributionsOf(evidence, layer, model),
    passesAt: passesAt(channel, ({ thresholds }) => thresholds[window], score),
  };
}

/** Word by word: an n-gram counts for the word in which it is complete. */
function contributionsOf(
  { start, end }: Evidence,
  layer: Layer,
  model: LinearModel,
): readonly Contribution[] {
  const scores = scoreWindows(model, layer.text);
  const { contributions } = scores;
  const root = Math.sqrt(Math.max(1, scores.count(start, end)));
  const words: Contribution[] = [];
  for (let at = start; at < end; ) {
    const next = endOfWord(layer.text, at, end);
    let weight = 0;
    for (let position = at; position < next; position++) weight += contributions[position] ?? 0;
    words.push({ ...layer.rawSpan(at, next), weight: weight / root });
    at = next;
  }
  return words;
}

/** Behind the space that follows it, where its n-grams are complete. */
function endOfWord(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && !isSpace(text.charCodeAt(at))) at++;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a;
}

function passesAt(
  channel: Channel,
  thresholdIn: (step: CalibrationStep) => number | undefined,
  score: number,
): number | null {
  const steps = injectionModel(modelNameFor(channel)).calibration[channel] ?? [];
  return steps.findLast((step) => score < (thresholdIn(step) ?? Infinity))?.rate ?? null;
}
