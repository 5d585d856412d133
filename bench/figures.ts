/** The few statistics that the bench needs. */

/** The value below which the fraction of all lies (nearest rank); NaN of nothing. */
export function quantile(values: readonly number[], fraction: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.ceil(fraction * sorted.length) - 1;
  return sorted[Math.max(0, rank)] ?? Number.NaN;
}

/** The middle, or the mean of the two in the middle; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const low = sorted[Math.floor(middle)] ?? Number.NaN;
  const high = sorted[Math.ceil(middle)] ?? Number.NaN;
  return (low + high) / 2;
}

/** What one round of one load against one server gave. */
export interface RoundFigures {
  readonly answersPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly firstTokenP50Ms: number;
  readonly firstTokenP99Ms: number;
  readonly cpuMicrosecondsPerAnswer: number;
  readonly cpuNanosecondsPerByte: number;
  /** Wall time, which a load of one connection shows per byte. */
  readonly nanosecondsPerByte: number;
  /** How much of a core the server used: below 0.9 something else was the limit. */
  readonly coreShare: number;
  readonly answers: number;
  readonly failures: number;
}

export type Figure = keyof RoundFigures;

export function medianOf(rounds: readonly RoundFigures[], figure: Figure): number {
  return median(rounds.map((round) => round[figure]));
}

/** The median of the ratios round by round: rounds stand side by side in time, so a slow minute slows both. */
export function ratioOf(
  rounds: readonly RoundFigures[],
  against: readonly RoundFigures[],
  figure: Figure,
): number {
  return median(rounds.map((round, index) => round[figure] / (against[index]?.[figure] ?? Number.NaN)));
}

/** The median of the differences round by round. */
export function differenceOf(
  rounds: readonly RoundFigures[],
  against: readonly RoundFigures[],
  figure: Figure,
): number {
  return median(rounds.map((round, index) => round[figure] - (against[index]?.[figure] ?? Number.NaN)));
}
