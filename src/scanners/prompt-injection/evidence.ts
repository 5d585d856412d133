/** What speaks against one sentence: a rule, or a window of the model that ends with it. */
import type { Span } from '../../domain/finding.ts';
import {
  scoreWindows,
  type EarlierScores,
  type LinearModel,
  type WindowSums,
} from '../linear/linear-model.ts';
import { NGRAM_REACH } from '../linear/ngrams.ts';
import { confidenceOf, WINDOWS, type CalibrationStep, type Window } from './calibration.ts';
import type { Sense } from './roles/sense-model.ts';
import { sensedIn, type SenseReader } from './roles/senses.ts';
import { earliestFor, matchIn, MAX_MATCH, type Kind, type Rule, type Shape } from './rule.ts';
import { NO_SHAPES, shapesIn, valueIn, weightOf } from './shape-weights.ts';
import type { EarlierStems, StemFinder, Stems } from './stem-finder.ts';

/** Characters that a window must have: a word or two are no evidence, whatever they weigh. */
const MIN_JUDGED = 12;

/** How one channel is judged. */
export interface Standard {
  readonly rules: readonly Rule[];
  /** Over the rules' stems, in their order. */
  readonly stems: StemFinder;
  readonly model: LinearModel;
  /** Each adds to the score of a sentence that has it. */
  readonly shapes: readonly Shape[];
  /** Judges a sentence by its words and their roles; null where that tells nothing. */
  readonly senses: SenseReader | null;
  readonly thresholds: CalibrationStep['thresholds'];
}

interface Spoken extends Span {
  readonly kind: Kind;
  readonly confidence: number;
}

/** Offsets are those of the layer's text: the match, or the window. */
export type Evidence =
  | (Spoken & { readonly source: 'rule'; readonly rule: string })
  /** Something encoded goes on from here that is not read. */
  | (Spoken & { readonly source: 'limit' })
  | (Spoken & {
      readonly source: 'sense';
      readonly sense: Sense;
      readonly score: number;
      readonly threshold: number;
    })
  | (Spoken & {
      readonly source: 'model';
      readonly window: Window;
      /** The model's, and the weights of the sentence's shapes. */
      readonly score: number;
      readonly shapes: readonly Shape[];
      readonly threshold: number;
    });

/** A text that is looked at sentence by sentence. */
export interface Looked {
  readonly text: string;
  readonly scores: WindowSums;
  readonly stems: Stems;
}

/** The part of a layer that is looked at. */
export interface Part extends Span {
  /** Where its first window begins. */
  readonly firstWindow: number;
  /** Of the text before it has grown. */
  readonly earlier: Earlier | null;
}

/** The text before it has grown: what stands at `i` stood at `i + shift`, up to `end` of that text. */
export interface Earlier {
  readonly looked: Looked;
  readonly end: number;
  readonly shift: number;
}

/** Ready to be looked at, part by part or as a whole. */
export function lookedAt({ model, stems }: Standard, text: string, part: Part): Looked {
  const { start, end, firstWindow, earlier } = part;
  const firstStem = Math.max(0, start - MAX_MATCH);
  const known = earlier && knownOf(text, Math.min(firstWindow, firstStem), earlier);
  return {
    text,
    scores: scoreWindows(model, text, firstWindow, end, known),
    stems: stems(text, firstStem, end, known),
  };
}

/** What may be made use of again; null where the text does not go on as it stood. */
function knownOf(
  text: string,
  from: number,
  { looked, end, shift }: Earlier,
): (EarlierScores & EarlierStems) | null {
  const first = Math.max(0, from - NGRAM_REACH);
  const isSame = text.slice(first, end - shift) === looked.text.slice(first + shift, end);
  return isSame ? { ...looked, shift } : null;
}

/** The rules' evidence in their order, then the model's, then the senses'; `starts` are the windows' first characters. */
export function evidenceOf(
  { text, scores, stems }: Looked,
  start: number,
  end: number,
  { rules, shapes, thresholds, senses }: Standard,
  starts: Readonly<Record<Window, number>>,
): readonly Evidence[] {
  const evidence: Evidence[] = [];
  for (const { list, last } of stems.in(Math.max(0, start - MAX_MATCH), end)) {
    const rule = rules[list];
    if (!rule) continue;
    const earliest = earliestFor(rule, text, start);
    const match = last < earliest ? null : matchIn(rule, text.slice(0, end), start, earliest);
    if (!match) continue;
    const { kind, confidence, id } = rule;
    evidence.push({ source: 'rule', kind, confidence, rule: id, ...match });
  }
  for (const window of Object.keys(WINDOWS) as Window[]) {
    const threshold = thresholds[window];
    if (threshold === undefined) continue;
    const isShaped = window === 'sentence' && shapes.length > 0;
    const begin = starts[window] + (isShaped ? valueIn(text.slice(starts[window], end)) : 0);
    if (end - begin < MIN_JUDGED) continue;
    const alone = scores.score(begin, end);
    const had = isShaped ? shapesIn(text.slice(begin, end), shapes, alone) : NO_SHAPES;
    const score = alone + weightOf(had);
    if (score < threshold) continue;
    const kind = window === 'page' ? 'JAILBREAK' : 'INJECTION';
    const confidence = confidenceOf(score, threshold);
    evidence.push({
      source: 'model',
      kind,
      confidence,
      window,
      score,
      shapes: had,
      threshold,
      start: begin,
      end,
    });
  }
  if (!senses || end - start < MIN_JUDGED) return evidence;
  for (const { sense, score, threshold } of sensedIn(text, start, end, senses)) {
    const confidence = confidenceOf(score, threshold);
    evidence.push({ source: 'sense', kind: 'INJECTION', confidence, sense, score, threshold, start, end });
  }
  return evidence;
}
