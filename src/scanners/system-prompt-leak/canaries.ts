/** Finds markers that were put into the system prompt, plainly or in a disguise. */
import { disguisesOf } from './disguises.ts';
import { type Letters, lettersOf } from './letters.ts';
import type { Reading } from './prompt-overlap.ts';
import { rollingHashes } from './rolling-hash.ts';

/** Letters and digits that a marker has at least. */
export const MIN_LETTERS = 12;
/** Characters that a marker has at most. */
export const MAX_CANARY = 128;
/** Letters that a marker is looked up by; each of its disguises has as many. */
const HEAD = 8;
/** Signs and spaces among a marker's letters, beside one behind each. */
const SLACK = 64;

/** Characters from a marker's first letter on that decide it: in hexadecimal, a marker of emoji is at its longest. */
export const CANARY_DECISION = 2 * 6 * MAX_CANARY + SLACK;

export interface CanaryIndex {
  /** The markers, in all their disguises, that begin with letters of this hash. */
  at(head: number): readonly Letters[];
}

const NONE: readonly Letters[] = [];

export function createCanaryIndex(canaries: readonly string[]): CanaryIndex {
  const byHead = new Map<number, Letters[]>();
  for (const marker of canaries.flatMap(disguisesOf)) {
    const [head] = rollingHashes(marker, HEAD);
    if (head !== undefined) byHead.set(head, [...(byHead.get(head) ?? []), marker]);
  }
  return { at: (head) => byHead.get(head) ?? NONE };
}

export function joinedIndex(one: CanaryIndex, other: CanaryIndex): CanaryIndex {
  return { at: (head) => [...one.at(head), ...other.at(head)] };
}

/** From left to right, each letter by itself: a marker begins there, or not, or that is not yet known. */
export function readCanaries(index: CanaryIndex, text: string, from: number, final: boolean): Reading {
  const letters = lettersOf(text, from);
  const hashes = rollingHashes(letters, HEAD);
  const sightings: Reading['sightings'][number][] = [];
  let first = 0;
  while (first < letters.count) {
    const start = letters.at[first] ?? 0;
    const isOpen = !final && text.length - start < CANARY_DECISION;
    const hash = hashes[first];
    if (hash === undefined && isOpen) return { sightings, undecidedFrom: start };
    const markers = hash === undefined ? NONE : index.at(hash);
    const found = markers.map((marker) => lastOf(marker, letters, first));
    if (isOpen && found.includes('undecided')) return { sightings, undecidedFrom: start };
    const last = Math.max(-1, ...found.filter((each) => typeof each === 'number'));
    if (last >= 0) sightings.push({ start, end: (letters.at[last] ?? 0) + 1, kind: 'CANARY', confidence: 1 });
    first = Math.max(first, last) + 1;
  }
  return { sightings, undecidedFrom: text.length };
}

/** The letter with which the marker ends that begins with a letter. */
function lastOf(
  marker: Letters,
  { count, codes, at }: Letters,
  first: number,
): number | 'none' | 'undecided' {
  const start = at[first] ?? 0;
  for (let i = 0; i < marker.count; i++) {
    const letter = first + i;
    if (letter >= count) return 'undecided';
    if (codes[letter] !== marker.codes[i] || (at[letter] ?? 0) - start > 2 * i + SLACK) return 'none';
  }
  return first + marker.count - 1;
}
