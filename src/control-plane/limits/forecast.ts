/** Where a window will end, if it goes on as it went so far. */

/** Less of a window than this tells nothing of its rest. */
const LEAST_SHARE = 0.02;

export function forecastOf(
  used: number,
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  nowMs: number,
): number | null {
  const gone = (nowMs - startMs) / (endMs - startMs);
  if (gone < LEAST_SHARE) return null;
  return gone >= 1 ? used : used / gone;
}
