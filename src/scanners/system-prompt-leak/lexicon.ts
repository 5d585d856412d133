/** What a word may mean in seven languages, by the lexicon and by the beginnings that it has for words with endings. */
import { COMMON_WORDS, FREQUENT_WORDS } from './lexicon-common.ts';
import { WORDS } from './lexicon-words.ts';

export interface Meaning {
  /** From 1 on. */
  readonly concept: number;
  /** A bit for each language that has the word in this meaning. */
  readonly languages: number;
  /** How much it tells that two texts have it in the same place: less where most sentences have it. */
  readonly weight: number;
}

export const LANGUAGES = 7;
/** Letters that a beginning has at least, save those that the lexicon gives itself. */
const MIN_STEM = 3;
const MAX_STEM = 12;
const NOTHING: readonly Meaning[] = [];

interface Lexicon {
  readonly whole: ReadonlyMap<string, readonly Meaning[]>;
  readonly stems: ReadonlyMap<string, readonly Meaning[]>;
}

let lexicon: Lexicon | undefined;

/** Of a folded word: as it stands in the lexicon, or else by the longest beginning that does. */
export function meaningsOf(word: string): readonly Meaning[] {
  lexicon ??= readLexicon();
  const whole = lexicon.whole.get(word);
  if (whole) return whole;
  for (let length = Math.min(word.length, MAX_STEM); length >= MIN_STEM; length--) {
    const meanings = lexicon.stems.get(word.slice(0, length));
    if (meanings) return meanings;
  }
  return NOTHING;
}

/** Without regard to case and accents. */
export function foldedWord(word: string): string {
  const lower = word.toLowerCase();
  if (/^[a-z0-9]*$/.test(lower)) return lower;
  return lower.normalize('NFKD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss');
}

function readLexicon(): Lexicon {
  const whole = new Map<string, Meaning[]>();
  const stems = new Map<string, Meaning[]>();
  let concept = 0;
  for (const [weight, lines] of [
    [2, COMMON_WORDS],
    [3, FREQUENT_WORDS],
    [4, WORDS],
  ] as const) {
    for (const line of lines.trim().split('\n')) {
      concept++;
      for (const [language, forms] of line.split('|').entries()) {
        for (const form of forms.trim().split(' ')) {
          const isStem = form.endsWith('*');
          const folded = foldedWord(isStem ? form.slice(0, -1) : form);
          addMeaning(isStem ? stems : whole, folded, { concept, languages: 1 << language, weight });
        }
      }
    }
  }
  return { whole, stems };
}

function addMeaning(to: Map<string, Meaning[]>, form: string, meaning: Meaning): void {
  const known = to.get(form) ?? [];
  const same = known.findIndex(({ concept }) => concept === meaning.concept);
  const before = known[same];
  if (before) known[same] = { ...meaning, languages: before.languages | meaning.languages };
  else known.push(meaning);
  to.set(form, known);
}
