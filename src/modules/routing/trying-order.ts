/** Candidates in the order to try them: by priority, and within one priority drawn by weight. */
import type { Route } from '../../domain/route.ts';
import type { Candidate } from './model-table.ts';

/** `candidates` MUST be sorted by priority. */
export function inTryingOrder(candidates: readonly Candidate[], random: () => number): readonly Route[] {
  const [only] = candidates;
  if (candidates.length === 1 && only) return [only.route];
  // The smallest of exponentially distributed keys with the weights as rates is drawn by weight, and so are those
  // after it from what is left (Efraimidis and Spirakis, 2006). 1 - random() is never 0.
  return candidates
    .map(({ route, priority, weight }) => ({ route, priority, key: -Math.log(1 - random()) / weight }))
    .sort((a, b) => a.priority - b.priority || a.key - b.key)
    .map(({ route }) => route);
}
