/** Latencies in bins that grow by a tenth: a percentile is known within five per cent, whatever is summed. */

const GROWTH = Math.log(1.1);
const MAX_BIN = 150;

export function latencyBin(ms: number): number {
  return ms <= 1 ? 0 : Math.min(MAX_BIN, Math.ceil(Math.log(ms) / GROWTH));
}

/** The geometric middle of the bin, in milliseconds. */
function middleOf(bin: number): number {
  return bin === 0 ? 1 : Math.exp((bin - 0.5) * GROWTH);
}

/** Undefined where nothing was counted. */
export function percentile(bins: ReadonlyMap<number, number>, share: number): number | undefined {
  let total = 0;
  for (const count of bins.values()) total += count;
  if (total <= 0) return undefined;
  let before = 0;
  for (const [bin, count] of [...bins].toSorted(([a], [b]) => a - b)) {
    before += count;
    if (before >= share * total) return Math.round(middleOf(bin) * 10) / 10;
  }
  return undefined;
}
