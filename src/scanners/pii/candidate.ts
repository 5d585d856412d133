/** Something that may be told: where it stands, what it is. Whether it is one depends on the text near it alone. */
import type { Sighting } from '../../modules/scanning/scanner.ts';

/**
 * Looks for one kind. It MUST report, by start, every candidate that starts at or after `from`, and each MUST depend on
 * nothing but the `REACH` characters before its start and the `decision` characters from its start on. So it makes no
 * difference where a search began, or how much of the text had come by then.
 */
export interface Finder {
  readonly kind: string;
  readonly decision: number;
  /** Those that start at or after `until` need not be told. */
  find(text: string, from: number, until: number): readonly Sighting[];
}

/** Characters before a candidate that it can depend on. */
export const REACH = 72;

/**
 * Candidates as one chain: leftmost first, none overlapping another. Where two start together the finder named first
 * wins. A candidate that is a guess gives way to a checked one that begins inside it.
 */
export function chain(
  finders: readonly Finder[],
  guesses: ReadonlySet<string>,
  text: string,
  from: number,
  until: number,
): readonly Sighting[] {
  let all: Sighting[] | null = null;
  for (const finder of finders) {
    const found = finder.find(text, from, until);
    if (found.length > 0) all = all ? [...all, ...found] : [...found];
  }
  if (!all) return NONE;
  if (all.length === 1) return all;
  // The sort is stable: equals stay in the order of the finders.
  const sorted = all.sort((a, b) => a.start - b.start);
  const sightings: Sighting[] = [];
  let end = from;
  sorted.forEach((candidate, index) => {
    if (candidate.start < end || (guesses.has(candidate.kind) && givesWay(candidate, sorted, index, guesses)))
      return;
    sightings.push(candidate);
    end = candidate.end;
  });
  return sightings;
}

const NONE: readonly Sighting[] = [];

function givesWay(
  guess: Sighting,
  sorted: readonly Sighting[],
  index: number,
  guesses: ReadonlySet<string>,
): boolean {
  for (let i = index + 1; i < sorted.length; i++) {
    const next = sorted[i];
    if (!next || next.start >= guess.end) return false;
    if (!guesses.has(next.kind)) return true;
  }
  return false;
}
