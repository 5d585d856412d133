/** How unusual a number is among others: by the median and the median absolute deviation, which outliers do not move. */

/** What makes a deviation comparable with a standard deviation, where numbers are normally distributed. */
const MAD_SCALE = 1.4826;

export interface Spread {
  readonly median: number;
  readonly deviation: number;
}

/** NaN for none. */
export function spreadOf(numbers: readonly number[]): Spread {
  const median = medianOf(numbers);
  return { median, deviation: MAD_SCALE * medianOf(numbers.map((each) => Math.abs(each - median))) };
}

/** `least`: no deviation is taken to be smaller, so that a quiet history makes not every flicker an alarm. */
export function scoreOf(value: number, { median, deviation }: Spread, least: number): number {
  return (value - median) / Math.max(deviation, least);
}

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? Number.NaN : (low + high) / 2;
}
