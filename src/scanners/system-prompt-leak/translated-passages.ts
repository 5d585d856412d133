/** Finds passages of an answer that say the system prompt word by word in another language. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { MAX_PASSAGE, type Reading } from './prompt-overlap.ts';
import type { TranslationIndex } from './translation-index.ts';
import { answerWord, wordsOf, type Key, type KeyedWord } from './words.ts';

/**
 * A passage is a walk through both texts at the same pace. Each word that means the same in both adds its weight (in
 * bits: how much likelier that is in a translation than by chance), each that does not takes some away.
 */
const MISS = 1.4;
/** Words of the answer in a row that may mean something else. */
const MAX_GAP = 6;
/** How the paces may differ from one word to the next: an article less, a compound more. Each costs its size. */
const SHIFTS = [0, -1, 1, 2] as const;
/** How far the second word of a walk is from the first in the answer, and in the prompt: its own word may stand between. */
const BEGINNINGS = [
  [1, 1],
  [2, 2],
  [2, 1],
] as const;
/** A walk that has lost so much since its best point has come to its end there. */
const MAX_LOSS = 8;
/** Below it, two texts go together by chance. */
export const MIN_SCORE = 30;
/** What of it MUST come from words of another language. */
const MIN_FOREIGN = 16;
const SURE_SCORE = 48;

interface Walk {
  readonly score: number;
  readonly foreign: number;
  /** The last word at its best point. */
  readonly last: number;
  /** More text could make it longer. */
  readonly isOpen: boolean;
}

/** From left to right, each word by itself: a passage begins with it, or not, or that is not yet known. */
export function readTranslations(
  index: TranslationIndex,
  text: string,
  from: number,
  final: boolean,
): Reading {
  const { words, openFrom } = completeWords(index, text, from, final);
  const sightings: Sighting[] = [];
  for (let first = 0; first < words.length; ) {
    const start = words[first]?.start ?? 0;
    const isOpen = !final && text.length - start <= MAX_PASSAGE;
    const walk = walkFrom(index, words, first, isOpen);
    if (walk?.isOpen) return { sightings, undecidedFrom: start };
    if (walk && walk.score >= MIN_SCORE && walk.foreign >= MIN_FOREIGN) {
      const confidence = walk.score >= SURE_SCORE ? 0.9 : 0.75;
      sightings.push({ start, end: words[walk.last]?.end ?? start, kind: 'PROMPT_TRANSLATED', confidence });
      first = walk.last;
    }
    first++;
  }
  return { sightings, undecidedFrom: openFrom };
}

/** A word at the text's end may go on. Numbers that do not stand in the prompt count the lines of a list. */
function completeWords(
  { home, known }: TranslationIndex,
  text: string,
  from: number,
  final: boolean,
): { readonly words: readonly KeyedWord[]; readonly openFrom: number } {
  const found = wordsOf(text, from);
  const last = found.at(-1);
  const isOpen = !final && last?.end === text.length;
  const complete = isOpen ? found.slice(0, -1) : found;
  return {
    words: complete
      .map((word) => answerWord(word, home))
      .filter(({ isCount, keys }) => !isCount || keys.some(({ id }) => known.has(id))),
    openFrom: isOpen && last ? last.start : text.length,
  };
}

/** The best walk that begins with a word and one of the two after it, both of another language; null where none does. */
function walkFrom(
  index: TranslationIndex,
  words: readonly KeyedWord[],
  first: number,
  isOpen: boolean,
): Walk | null {
  const word = words[first];
  if (!word?.isForeign || !word.keys.some(({ id }) => index.known.has(id))) return null;
  let best: Walk | null = null;
  for (const [gap, gapThere] of BEGINNINGS) {
    const next = words[first + gap];
    if (!next && isOpen) return { score: 0, foreign: 0, last: first, isOpen };
    if (!next?.isForeign) continue;
    for (const place of placesOf(index, word, next, gapThere)) {
      const walk = walkAt(index, words, first, place, isOpen);
      if (walk.isOpen) return walk;
      if (!best || walk.score > best.score) best = walk;
    }
  }
  return best;
}

function placesOf(
  index: TranslationIndex,
  one: KeyedWord,
  other: KeyedWord,
  gap: number,
): ReadonlySet<number> {
  const places = new Set<number>();
  for (const { id } of one.keys)
    for (const next of other.keys) for (const place of index.places(id, next.id, gap)) places.add(place);
  return places;
}

/** From a word of the answer and the word of the prompt that means the same. */
function walkAt(
  index: TranslationIndex,
  words: readonly KeyedWord[],
  first: number,
  place: number,
  isOpen: boolean,
): Walk {
  const limit = (words[first]?.start ?? 0) + MAX_PASSAGE;
  let at = first;
  let there = place;
  let score = weightOf(words[first], index.words[place]);
  let foreign = score;
  let best: Walk = { score, foreign, last: first, isOpen: false };
  for (;;) {
    const step = nextStep(index, words, at, there, limit);
    if (step === 'unknown' && isOpen) return { ...best, isOpen };
    if (step === 'unknown' || step === 'none') return best;
    at = step.at;
    there = step.there;
    score += step.weight - step.cost;
    if (words[at]?.isForeign) foreign += step.weight;
    if (score < best.score - MAX_LOSS) return best;
    if (score > best.score) best = { score, foreign, last: at, isOpen: false };
  }
}

interface Step {
  readonly at: number;
  readonly there: number;
  readonly weight: number;
  readonly cost: number;
}

/** The next word that means the same in both, at about the same distance. */
function nextStep(
  index: TranslationIndex,
  words: readonly KeyedWord[],
  at: number,
  there: number,
  limit: number,
): Step | 'none' | 'unknown' {
  for (let gap = 1; gap <= MAX_GAP; gap++) {
    const word = words[at + gap];
    if (!word) return 'unknown';
    if (word.end > limit) return 'none';
    for (const shift of SHIFTS) {
      const next = there + gap + shift;
      if (next <= there && !(gap === 1 && next === there && isBoth(words[at], word))) continue;
      const weight = weightOf(word, index.words[next]);
      if (weight > 0) return { at: at + gap, there: next, weight, cost: MISS * (gap - 1) + Math.abs(shift) };
    }
  }
  return 'none';
}

/** A word of the prompt and its translation, side by side. */
function isBoth(one: KeyedWord | undefined, other: KeyedWord): boolean {
  return one !== undefined && one.isForeign !== other.isForeign;
}

/** What the best of the keys is worth that both have; 0 where they have none. */
function weightOf(word: KeyedWord | undefined, keys: readonly Key[] | undefined): number {
  let weight = 0;
  for (const one of word?.keys ?? [])
    for (const other of keys ?? []) if (one.id === other.id && one.weight > weight) weight = one.weight;
  return weight;
}
