/** Counts of one slice of a data set, and the figures that they make. */
import {
  areaInterval,
  areaUnderCurve,
  fScore,
  recallAtFalsePositiveRate,
  shareOf,
  type Interval,
  type Share,
} from '../../base/statistics.ts';

const LOW_RATE = 0.01;

/** Whether texts were flagged that should be. */
export interface TextFigures {
  readonly positives: number;
  readonly negatives: number;
  readonly recall: Share;
  readonly precision: Share;
  readonly falsePositiveRate: Share;
  readonly f1: number;
  readonly f2: number;
  readonly area: Interval & { readonly value: number };
  readonly recallAtLowRate: Share;
}

export interface TextTally {
  add(isPositive: boolean, isFlagged: boolean, score: number): void;
  figures(): TextFigures;
}

export function createTextTally(): TextTally {
  const positives: number[] = [];
  const negatives: number[] = [];
  let hits = 0;
  let falseAlarms = 0;
  return {
    add(isPositive, isFlagged, score) {
      (isPositive ? positives : negatives).push(score);
      if (!isFlagged) return;
      if (isPositive) hits++;
      else falseAlarms++;
    },
    figures() {
      const recall = shareOf(hits, positives.length);
      const precision = shareOf(hits, hits + falseAlarms);
      const value = areaUnderCurve(positives, negatives);
      return {
        positives: positives.length,
        negatives: negatives.length,
        recall,
        precision,
        falsePositiveRate: shareOf(falseAlarms, negatives.length),
        f1: fScore(precision.value, recall.value, 1),
        f2: fScore(precision.value, recall.value, 2),
        area: { value, ...areaInterval(value, positives.length, negatives.length) },
        recallAtLowRate: recallAtFalsePositiveRate(positives, negatives, LOW_RATE),
      };
    },
  };
}

export interface LabelledSpan {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

/** How well spans were found: exactly, and so that they overlap. */
export interface SpanFigures {
  readonly expected: number;
  readonly told: number;
  readonly recall: Share;
  readonly precision: Share;
  readonly f1: number;
  readonly f2: number;
  readonly exactF1: number;
}

export interface SpanTally {
  add(expected: readonly LabelledSpan[], told: readonly LabelledSpan[]): void;
  figures(): SpanFigures;
}

export function createSpanTally(): SpanTally {
  const counts = { expected: 0, told: 0, found: 0, right: 0, exact: 0 };
  return {
    add(expected, told) {
      counts.expected += expected.length;
      counts.told += told.length;
      counts.found += expected.filter((span) => told.some((other) => isSame(span, other))).length;
      counts.right += told.filter((span) => expected.some((other) => isSame(span, other))).length;
      counts.exact += expected.filter((span) => told.some((other) => isExactly(span, other))).length;
    },
    figures() {
      const recall = shareOf(counts.found, counts.expected);
      const precision = shareOf(counts.right, counts.told);
      return {
        expected: counts.expected,
        told: counts.told,
        recall,
        precision,
        f1: fScore(precision.value, recall.value, 1),
        f2: fScore(precision.value, recall.value, 2),
        exactF1: fScore(counts.exact / counts.told, counts.exact / counts.expected, 1),
      };
    },
  };
}

function isSame(a: LabelledSpan, b: LabelledSpan): boolean {
  return a.type === b.type && a.start < b.end && b.start < a.end;
}

function isExactly(a: LabelledSpan, b: LabelledSpan): boolean {
  return a.type === b.type && a.start === b.start && a.end === b.end;
}
