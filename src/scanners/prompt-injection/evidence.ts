/** What speaks against one sentence: a rule, or a window of the model that ends with it. */
import type { Span } from '../../domain/finding.ts';
import type { LinearModel, WindowScores } from '../linear/linear-model.ts';
import { confidenceOf, WINDOWS, type CalibrationStep, type Window } from './calibration.ts';
import { matchIn, type Kind, type Rule } from './rule.ts';
import type { StemFinder } from './stem-finder.ts';

/** Characters that a window must have: a word or two are no evidence, whatever they weigh. */
const MIN_JUDGED = 12;

/** How one channel is judged. */
export interface Standard {
  readonly rules: readonly Rule[];
  /** Over the rules' stems, in their order. */
  readonly stems: StemFinder;
  readonly model: LinearModel;
  readonly thresholds: CalibrationStep['thresholds'];
}

interface Spoken extends Span {
  readonly kind: Kind;
  readonly confidence: number;
}

/** Offsets are those of the layer's text: the match, or the window. */
export type Evidence =
  | (Spoken & { readonly source: 'rule'; readonly rule: string })
  | (Spoken & {
      readonly source: 'model';
      readonly window: Window;
      readonly score: number;
      readonly threshold: number;
    });

/** A text that is looked at sentence by sentence. */
export interface Looked {
  readonly text: string;
  readonly scores: WindowScores;
  /** Those of which a word stands somewhere in the text. */
  readonly rules: readonly Rule[];
}

/** Those of which a word stands in the text. */
export function rulesFor({ rules, stems }: Standard, text: string): readonly Rule[] {
  const found = stems(text);
  return rules.filter((_, index) => found[index] === 1);
}

/** The rules' evidence in their order, then the model's; `starts` are the windows' first characters. */
export function evidenceOf(
  { text, scores, rules }: Looked,
  start: number,
  end: number,
  thresholds: Standard['thresholds'],
  starts: Readonly<Record<Window, number>>,
): readonly Evidence[] {
  const evidence: Evidence[] = [];
  const upToHere = rules.length === 0 ? '' : text.slice(0, end);
  for (const rule of rules) {
    const match = matchIn(rule, upToHere, start);
    if (!match) continue;
    const { kind, confidence, id } = rule;
    evidence.push({ source: 'rule', kind, confidence, rule: id, ...match });
  }
  for (const window of Object.keys(WINDOWS) as Window[]) {
    const threshold = thresholds[window];
    if (threshold === undefined) continue;
    if (end - starts[window] < MIN_JUDGED) continue;
    const score = scores.score(starts[window], end);
    if (score < threshold) continue;
    const kind = window === 'page' ? 'JAILBREAK' : 'INJECTION';
    const confidence = confidenceOf(score, threshold);
    evidence.push({
      source: 'model',
      kind,
      confidence,
      window,
      score,
      threshold,
      start: starts[window],
      end,
    });
  }
  return evidence;
}
