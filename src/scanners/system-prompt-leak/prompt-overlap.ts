/** Finds passages of an answer that stand in the system prompt too. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { type Letters, lettersOf } from './letters.ts';
import { type PromptIndex, RUN } from './prompt-index.ts';
import { rollingHashes } from './rolling-hash.ts';

/** Characters that the letters of one run may be spread over. */
const MAX_SPREAD = 256;
/** Letters between the beginnings of two runs of one passage: one word of sixteen letters may be another. */
const MAX_STEP = RUN + 16;
/** Characters of a passage; a longer one is told as several. */
export const MAX_PASSAGE = 1_024;

export interface Reading {
  readonly sightings: readonly Sighting[];
  /** Where a passage may begin that more text could still make, or make longer; the text's length where none may. */
  readonly undecidedFrom: number;
}

/**
 * From left to right: outside of a passage each letter begins one or does not; inside, the passage goes on until no run
 * continues it. Where it stops for want of text it is outside, so that reading on from there gives the same.
 */
export function readPassages(
  index: PromptIndex,
  minLetters: number,
  text: string,
  from: number,
  final: boolean,
): Reading {
  const letters = lettersOf(text, from);
  const hashes = rollingHashes(letters, RUN);
  const sightings: Sighting[] = [];
  let first = 0;
  while (first < letters.count) {
    const run = runAt(index, letters, hashes, first, text.length, final);
    if (run === 'undecided') return { sightings, undecidedFrom: offset(letters, first) };
    if (run === 'none') {
      first++;
      continue;
    }
    const passage = passageAt(index, letters, hashes, first, text.length, final);
    if (!passage) return { sightings, undecidedFrom: offset(letters, first) };
    if (passage.covered >= minLetters)
      sightings.push({
        start: offset(letters, first),
        end: offset(letters, passage.last + RUN - 1) + 1,
        kind: 'PROMPT_OVERLAP',
        confidence: passage.covered >= 2 * minLetters ? 0.9 : 0.75,
      });
    first = passage.last + RUN;
  }
  return { sightings, undecidedFrom: text.length };
}

type Run = 'found' | 'none' | 'undecided';

/** Whether a run of the prompt begins with a letter. */
function runAt(
  index: PromptIndex,
  letters: Letters,
  hashes: Uint32Array,
  at: number,
  length: number,
  final: boolean,
): Run {
  const hash = hashes[at];
  if (hash === undefined) return final || length - offset(letters, at) >= MAX_SPREAD ? 'none' : 'undecided';
  const spread = offset(letters, at + RUN - 1) - offset(letters, at);
  return spread < MAX_SPREAD && index.has(hash) ? 'found' : 'none';
}

interface Passage {
  /** The letter with which its last run begins. */
  readonly last: number;
  /** Letters that its runs cover. */
  readonly covered: number;
}

/** Null where more text could make it longer. */
function passageAt(
  index: PromptIndex,
  letters: Letters,
  hashes: Uint32Array,
  first: number,
  length: number,
  final: boolean,
): Passage | null {
  const limit = offset(letters, first) + MAX_PASSAGE;
  let last = first;
  let covered = RUN;
  for (let at = first + 1; at <= last + MAX_STEP; at++) {
    if (at >= hashes.length) {
      if (final || length >= limit) break;
      return null;
    }
    if (offset(letters, at + RUN - 1) >= limit) break;
    if (runAt(index, letters, hashes, at, length, final) !== 'found') continue;
    covered += Math.min(RUN, at - last);
    last = at;
  }
  return { last, covered };
}

function offset({ at }: Letters, letter: number): number {
  return at[letter] ?? 0;
}
