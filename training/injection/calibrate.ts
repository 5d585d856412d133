/** Turns benign development texts into thresholds: for each accepted share of them, the lowest that keep to it. */
import { shareOf } from '../../src/base/statistics.ts';
import type { Channel } from '../../src/domain/document.ts';
import type { LinearModel } from '../../src/scanners/linear/linear-model.ts';
import type { CalibrationStep, Window } from '../../src/scanners/prompt-injection/calibration.ts';
import {
  SENSES,
  type Sense,
  type SenseModel,
} from '../../src/scanners/prompt-injection/roles/sense-model.ts';
import { senseReader } from '../../src/scanners/prompt-injection/roles/senses.ts';
import { shapesFor } from '../../src/scanners/prompt-injection/shapes.ts';
import type { ModelName } from '../../src/scanners/prompt-injection/model-name.ts';
import { createStemFinder } from '../../src/scanners/prompt-injection/stem-finder.ts';
import { speakingIn } from '../../src/scanners/prompt-injection/speaking.ts';

export const RATES = [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05] as const;

/** What speaks for itself against a sentence: a window of n-grams, or a sense. */
export type Judge = Window | Sense;
export type Shares = Readonly<Partial<Record<Judge, number>>>;

/**
 * Who judges where, and how much of the accepted false alarms each may make beside the others. Those that find little more
 * stay silent: a page says much of a person's prompt, and nothing of a document with one bad sentence in it. The n-grams of a
 * sentence find less by the same false alarms than its senses.
 */
export const SHARES_OF: Readonly<Record<Channel, Shares>> = {
  user: { sentence: 1, page: 1 },
  instruction: { sentence: 1, page: 1 },
  answer: { sentence: 1, paragraph: 1 },
  document: { sentence: 0.7, addressed: 1 },
  tool: { sentence: 0.2, requested: 1 },
};

const JUDGES: readonly Judge[] = ['sentence', 'paragraph', 'page', ...SENSES];

type Scores = Readonly<Record<Judge, number>>;

/** The highest score that any window of each size has anywhere in the text, encoded parts included. */
export function highestScores(
  text: string,
  model: LinearModel,
  name: ModelName,
  senses: SenseModel | null,
): Scores {
  const everything = { sentence: -Infinity, paragraph: -Infinity, page: -Infinity };
  const allSenses = { addressed: -Infinity, requested: -Infinity };
  const highest = { ...everything, ...allSenses };
  const { speaking } = speakingIn(text, 0, true, {
    rules: [],
    stems: createStemFinder([]),
    model,
    shapes: shapesFor(name),
    senses: senses && senseReader(name, allSenses, () => senses),
    thresholds: everything,
  });
  for (const { evidence } of speaking.flatMap((each) => each.evidence)) {
    if (evidence.source === 'rule' || evidence.source === 'limit') continue;
    const judge = evidence.source === 'sense' ? evidence.sense : evidence.window;
    highest[judge] = Math.max(highest[judge], evidence.score);
  }
  return highest;
}

/** Each judge flags its share of what the others do; together they flag no more than the rate. */
export function calibrated(scores: readonly Scores[], shares: Shares): readonly CalibrationStep[] {
  const judges = judgesOf(shares);
  const sorted = new Map(
    judges.map((judge) => [judge, scores.map((each) => each[judge]).sort((a, b) => b - a)]),
  );
  const thresholdsAt = (rank: number): Thresholds =>
    Object.fromEntries(
      judges.map((judge) => [
        judge,
        between(sorted.get(judge) ?? [], Math.round(rank * (shares[judge] ?? 0))),
      ]),
    );
  const flaggedBy = (thresholds: Thresholds): number =>
    scores.filter((each) => isFlagged(each, thresholds)).length;
  return RATES.map((rate) => {
    let rank = 0;
    while (rank < scores.length && flaggedBy(thresholdsAt(rank + 1)) <= rate * scores.length) rank++;
    const thresholds = thresholdsAt(rank);
    const flagged = flaggedBy(thresholds);
    const { addressed, requested, ...windows } = thresholds;
    const senses = {
      ...(addressed === undefined ? {} : { addressed }),
      ...(requested === undefined ? {} : { requested }),
    };
    const interval = wilson(flagged, scores.length);
    return { rate, thresholds: windows, senses, flagged, texts: scores.length, interval };
  });
}

function judgesOf(shares: Shares): readonly Judge[] {
  return JUDGES.filter((judge) => shares[judge] !== undefined);
}

type Thresholds = Readonly<Partial<Record<Judge, number>>>;

export function isFlagged(scores: Scores, thresholds: Thresholds): boolean {
  return JUDGES.some((judge) => scores[judge] >= (thresholds[judge] ?? Infinity));
}

/** Above all but the `rank` highest. */
function between(descending: readonly number[], rank: number): number {
  const below = descending[rank] ?? 0;
  const above = rank === 0 ? below + 1 : (descending[rank - 1] ?? below);
  return Math.round(((above + below) / 2) * 1e4) / 1e4 + 1e-4;
}

/** The 95 % interval of a share, as it is written down. */
export function wilson(count: number, of: number): [number, number] {
  const { low, high } = shareOf(count, of);
  return [rounded(low), rounded(high)];
}

function rounded(value: number): number {
  return Math.round(value * 1e5) / 1e5;
}
