/** The words of a system prompt in their order, and where two of them stand beside each other. */
import { instructionsWithin } from './prompt-index.ts';
import { instructionKeys, languageOf, wordsOf, type Key } from './words.ts';

/** Places that are kept for one pair of words. */
const MAX_PLACES = 6;
/** From a word to the other one of a pair. */
const PAIR_GAPS = [1, 2] as const;
/** Fewer words are no prompt that could be recognized. */
const MIN_WORDS = 8;

export interface TranslationIndex {
  /** The bit of the language that it is written in. */
  readonly home: number;
  readonly words: readonly (readonly Key[])[];
  readonly known: ReadonlySet<number>;
  /** Where the one stands so many words before the other. */
  places(one: number, other: number, gap: number): readonly number[];
}

const NOWHERE: readonly number[] = [];

/** Null where the instructions are too short to be recognized. */
export function createTranslationIndex(instructions: readonly string[]): TranslationIndex | null {
  const found = instructionsWithin(instructions).flatMap((text) => wordsOf(text));
  if (found.length < MIN_WORDS) return null;
  const home = languageOf(found);
  const words = found.map(({ folded }) => instructionKeys(folded, home));
  const known = new Set(words.flatMap((keys) => keys.map(({ id }) => id)));
  let pairs: ReadonlyMap<number, readonly number[]> | undefined;
  return {
    home,
    words,
    known,
    places(one, other, gap) {
      // Made when it is first asked for: an answer in the prompt's own language never does.
      pairs ??= pairsOf(words);
      return pairs.get(pairHash(one, other, gap)) ?? NOWHERE;
    },
  };
}

function pairsOf(words: TranslationIndex['words']): ReadonlyMap<number, readonly number[]> {
  const pairs = new Map<number, number[]>();
  for (const [place, keys] of words.entries()) {
    for (const gap of PAIR_GAPS) {
      for (const one of keys) {
        for (const other of words[place + gap] ?? []) {
          const hash = pairHash(one.id, other.id, gap);
          const places = pairs.get(hash);
          if (!places) pairs.set(hash, [place]);
          else if (places.length < MAX_PLACES && places.at(-1) !== place) places.push(place);
        }
      }
    }
  }
  return pairs;
}

function pairHash(one: number, other: number, gap: number): number {
  return Math.imul(Math.imul(one, 0x9e3779b1) ^ other, 0x85ebca6b) + gap;
}
