/** The words of a text, and what each can be compared by. */
import { foldedWord, LANGUAGES, meaningsOf } from './lexicon.ts';

/** Characters of a word; a longer run of letters is none. */
export const MAX_WORD = 40;
/** Units of one character. */
export const LOOK_BACK = 2;
/** Letters that words of one origin begin with in several languages, and that they must have in all for it. */
const ROOT = 4;
const MIN_WITH_ROOT = 6;
const ROOT_WEIGHT = 2.5;
const NAME_WEIGHT = 4;
/** Keys beyond those of the lexicon. */
const HASHED = 0x10000;

export interface Word {
  readonly start: number;
  readonly end: number;
  readonly folded: string;
}

export interface Key {
  readonly id: number;
  readonly weight: number;
}

export interface KeyedWord extends Pick<Word, 'start' | 'end'> {
  readonly keys: readonly Key[];
  /** A word of another language than the instructions', and of theirs not. */
  readonly isForeign: boolean;
  readonly isCount: boolean;
}

/** In order. `text` SHOULD hold the character before `from`: what goes on there is no word of its own. */
export function wordsOf(text: string, from = 0): readonly Word[] {
  const words: Word[] = [];
  const run = /[\p{L}\p{N}\p{M}]+/gu;
  run.lastIndex = from;
  for (let match = run.exec(text); match; match = run.exec(text)) {
    const start = match.index;
    const end = run.lastIndex;
    const goesOn =
      start === from &&
      from > 0 &&
      /[\p{L}\p{N}\p{M}]$/u.test(text.slice(Math.max(0, from - LOOK_BACK), from));
    if (end - start <= MAX_WORD && !goesOn) words.push({ start, end, folded: foldedWord(match[0]) });
  }
  return words;
}

/** The bit of the language that most of the words are of. */
export function languageOf(words: readonly Word[]): number {
  const counts = Array.from({ length: LANGUAGES }, () => 0);
  for (const { folded } of words) {
    let languages = 0;
    for (const meaning of meaningsOf(folded)) languages |= meaning.languages;
    for (let language = 0; language < LANGUAGES; language++)
      if (languages & (1 << language)) counts[language] = (counts[language] ?? 0) + 1;
  }
  return 1 << counts.indexOf(Math.max(...counts));
}

/** Of the instructions: what the word means in their language, or the word itself. */
export function instructionKeys(folded: string, home: number): readonly Key[] {
  const meanings = meaningsOf(folded).filter(({ languages }) => languages & home);
  if (meanings.length === 0) return unknownKeys(folded);
  return meanings.map(({ concept, weight }) => ({ id: concept, weight }));
}

/** Of an answer: what the word means in any language, or the word itself. */
export function answerWord({ start, end, folded }: Word, home: number): KeyedWord {
  const meanings = meaningsOf(folded);
  const isCount = /^\d{1,3}$/.test(folded);
  if (meanings.length === 0) return { start, end, keys: unknownKeys(folded), isForeign: false, isCount };
  return {
    start,
    end,
    isCount,
    keys: meanings.map(({ concept, weight }) => ({ id: concept, weight })),
    isForeign: meanings.every(({ languages }) => !(languages & home)),
  };
}

/** Names, numbers and terms stay as they are; many others begin alike. */
function unknownKeys(folded: string): readonly Key[] {
  const name = { id: hashed(folded), weight: NAME_WEIGHT };
  if (folded.length < MIN_WITH_ROOT || /\d/.test(folded)) return [name];
  return [name, { id: hashed(`~${folded.slice(0, ROOT)}`), weight: ROOT_WEIGHT }];
}

function hashed(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return HASHED + (hash >>> 1);
}
