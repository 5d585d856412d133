/** Something that may be told: where it stands, what it is. Whether it is one depends on the text near it alone. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { CONTEXT } from './context.ts';
import { HEADING_REACH } from './heading.ts';
import { PHRASE } from './phrases.ts';

/**
 * Looks for one kind, or a few that resemble each other. It MUST report, by start, every candidate that starts at or
 * after `from`, and each MUST depend on nothing but the `REACH` characters before its start and the `decision`
 * characters from its start on. So it makes no difference where a search began, or how much of the text had come by then.
 */
export interface Finder {
  readonly decision: number;
  /** Those that start at or after `until` need not be told. */
  find(text: string, from: number, until: number): readonly Sighting[];
}

/** Characters before a candidate that it can depend on. */
export const REACH = Math.max(CONTEXT, HEADING_REACH) + 4;
/** What has its structure for itself: nothing that is found inside makes it less. */
const SOLID: ReadonlySet<string> = new Set(['URL', 'EMAIL_ADDRESS', 'IBAN_CODE', 'CRYPTO', 'CREDIT_CARD']);
/** Characters of the longest candidate that gives way. */
export const MAX_GIVING_WAY = PHRASE;

/**
 * Candidates as one chain: leftmost first, none overlapping another. Where two start together the surer wins, and of
 * two as sure the one whose finder is named first. One that is not solid gives way to a surer one that begins inside.
 */
export function chain(
  finders: readonly Finder[],
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
  const sorted = all.sort((a, b) => a.start - b.start || b.confidence - a.confidence);
  const sightings: Sighting[] = [];
  let end = from;
  sorted.forEach((candidate, index) => {
    if (candidate.start < end || givesWay(candidate, sorted, index)) return;
    sightings.push(candidate);
    end = candidate.end;
  });
  return sightings;
}

const NONE: readonly Sighting[] = [];

function givesWay(candidate: Sighting, sorted: readonly Sighting[], index: number): boolean {
  if (SOLID.has(candidate.kind)) return false;
  for (let i = index + 1; i < sorted.length; i++) {
    const next = sorted[i];
    if (!next || next.start >= candidate.end) return false;
    if (next.start > candidate.start && next.confidence > candidate.confidence) return true;
  }
  return false;
}
