/** Figures of merit for yes-or-no decisions, each with how sure it is. */

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** A share with its 95 % Wilson interval, which holds for small counts and for shares near 0 and 1. */
export interface Share extends Interval {
  readonly value: number;
  readonly of: number;
}

const Z = 1.959964;

export function shareOf(count: number, of: number): Share {
  if (of === 0) return { value: Number.NaN, of, low: 0, high: 1 };
  const share = count / of;
  const middle = (share + Z ** 2 / (2 * of)) / (1 + Z ** 2 / of);
  const half = (Z * Math.sqrt((share * (1 - share)) / of + Z ** 2 / (4 * of ** 2))) / (1 + Z ** 2 / of);
  return { value: share, of, low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** Recall counts `beta` times as much as precision. */
export function fScore(precision: number, recall: number, beta: number): number {
  const weighted = beta ** 2 * precision + recall;
  return weighted === 0 ? 0 : ((1 + beta ** 2) * precision * recall) / weighted;
}

/** The chance that a positive scores above a negative, equals counting half (Mann-Whitney); NaN where one sort is missing. */
export function areaUnderCurve(positives: readonly number[], negatives: readonly number[]): number {
  if (positives.length === 0 || negatives.length === 0) return Number.NaN;
  const all = [
    ...positives.map((score) => ({ score, isPositive: true })),
    ...negatives.map((score) => ({ score, isPositive: false })),
  ].toSorted((a, b) => a.score - b.score);
  let rankSum = 0;
  for (let start = 0; start < all.length; ) {
    let end = start;
    while (end < all.length && all[end]?.score === all[start]?.score) end++;
    const rank = (start + 1 + end) / 2;
    for (let at = start; at < end; at++) if (all[at]?.isPositive) rankSum += rank;
    start = end;
  }
  const n = positives.length;
  return (rankSum - (n * (n + 1)) / 2) / (n * negatives.length);
}

/** Hanley and McNeil's interval for an area under the curve (Radiology 143, 1982). */
export function areaInterval(area: number, positives: number, negatives: number): Interval {
  const q1 = area / (2 - area);
  const q2 = (2 * area ** 2) / (1 + area);
  const variance =
    (area * (1 - area) + (positives - 1) * (q1 - area ** 2) + (negatives - 1) * (q2 - area ** 2)) /
    (positives * negatives);
  const half = Z * Math.sqrt(Math.max(0, variance));
  return { low: Math.max(0, area - half), high: Math.min(1, area + half) };
}

/** The share of positives that score above all but `rate` of the negatives. */
export function recallAtFalsePositiveRate(
  positives: readonly number[],
  negatives: readonly number[],
  rate: number,
): Share {
  const sorted = negatives.toSorted((a, b) => b - a);
  const threshold = sorted[Math.floor(rate * sorted.length)] ?? -Infinity;
  return shareOf(positives.filter((score) => score > threshold).length, positives.length);
}
