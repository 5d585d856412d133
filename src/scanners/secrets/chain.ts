/** Candidates of all finders as one chain of sightings. */
import type { Sighting } from '../../modules/scanning/scanner.ts';

/** What is secret by its name alone ends where something of known structure begins. */
const GUESSES: ReadonlySet<string> = new Set(['password', 'generic_secret']);

/** Leftmost first; where two begin together the surer one. */
export function chain(found: readonly Sighting[]): readonly Sighting[] {
  const sorted = found.toSorted(
    (a, b) =>
      a.start - b.start ||
      Number(GUESSES.has(a.kind)) - Number(GUESSES.has(b.kind)) ||
      b.confidence - a.confidence ||
      b.end - a.end,
  );
  const sightings: Sighting[] = [];
  let end = 0;
  sorted.forEach((sighting, index) => {
    if (sighting.start < end) return;
    const whole = GUESSES.has(sighting.kind) ? before(sighting, sorted, index) : sighting;
    sightings.push(whole);
    end = whole.end;
  });
  return sightings;
}

function before(guess: Sighting, sorted: readonly Sighting[], index: number): Sighting {
  for (let i = index + 1; i < sorted.length; i++) {
    const next = sorted[i];
    if (!next || next.start >= guess.end) return guess;
    if (next.start > guess.start && !GUESSES.has(next.kind)) return { ...guess, end: next.start };
  }
  return guess;
}
