/** Looks words and phrases up in the lexicon, past and progressive forms of its verbs among them. */
import { IRREGULAR_PAST, VERBS, WORDS } from './lexicon.ts';
import { TOKEN_SHAPES, type Token, type TokenShape } from './tokens.ts';

export type WordRole = keyof typeof WORDS;
export type VerbRole = keyof typeof VERBS;

/** What a word may be. */
export interface Meaning {
  readonly roles: readonly (WordRole | TokenShape | 'past' | 'ing' | 'other')[];
  readonly verbs: readonly VerbRole[];
}

const OTHER: Meaning = { roles: ['other'], verbs: [] };
const PAST: Meaning = { roles: ['past'], verbs: [] };
const PROGRESSIVE: Meaning = { roles: ['ing'], verbs: [] };
const OF_SHAPE = new Map(
  TOKEN_SHAPES.map((shape): [string, Meaning] => [shape, { roles: [shape], verbs: [] }]),
);
/** Words of the longest phrase. */
const LONGEST_PHRASE = 4;

interface Entry {
  roles: WordRole[];
  verbs: VerbRole[];
}

const NEEDS_PLAIN = /[’_]/;

function plain(word: string): string {
  return NEEDS_PLAIN.test(word) ? word.replaceAll('’', "'").replaceAll('_', ' ') : word;
}

interface Vocabulary {
  readonly dictionary: Map<string, Entry>;
  readonly pasts: Set<string>;
  readonly progressives: Set<string>;
  /** First words of phrases. */
  readonly openings: Set<string>;
}

let known: Vocabulary | null = null;

/** One for the process, made when it is first needed: what a person says is judged without it. */
function vocabulary(): Vocabulary {
  known ??= makeVocabulary();
  return known;
}

function makeVocabulary(): Vocabulary {
  const made: Vocabulary = {
    dictionary: new Map(),
    pasts: new Set(IRREGULAR_PAST.split(' ')),
    progressives: new Set(),
    openings: new Set(),
  };
  for (const [role, words] of Object.entries(VERBS))
    for (const word of new Set(words.split(' ').map(plain))) {
      entryOf(made, word).verbs.push(role as VerbRole);
      inflect(made, word);
    }
  for (const [role, words] of Object.entries(WORDS))
    for (const word of new Set(words.split(' ').map(plain))) entryOf(made, word).roles.push(role as WordRole);
  return made;
}

function entryOf({ dictionary, openings }: Vocabulary, word: string): Entry {
  let entry = dictionary.get(word);
  if (!entry) dictionary.set(word, (entry = { roles: [], verbs: [] }));
  const space = word.indexOf(' ');
  if (space > 0) openings.add(word.slice(0, space));
  return entry;
}

function inflect({ pasts, progressives }: Vocabulary, verb: string): void {
  const [stem = ''] = verb.split(' ');
  const bare = stem.endsWith('e') ? stem.slice(0, -1) : stem;
  const isConsonantAndY = /[^aeiou]y$/.test(stem);
  for (const past of [
    isConsonantAndY ? `${stem.slice(0, -1)}ied` : `${bare}ed`,
    `${bare}${stem.at(-1) ?? ''}ed`,
  ])
    if (past.length > 4) pasts.add(past);
  for (const progressive of [`${bare}ing`, `${bare}${stem.at(-1) ?? ''}ing`]) progressives.add(progressive);
}

function ofWord(word: string): Meaning | null {
  const { dictionary, pasts, progressives } = vocabulary();
  const entry =
    dictionary.get(word) ?? (word.includes("'") ? dictionary.get(word.replaceAll("'", '')) : undefined);
  if (entry) return entry;
  if (pasts.has(word)) return PAST;
  return progressives.has(word) ? PROGRESSIVE : null;
}

/** The meanings of a sentence's words, a phrase counting as one word. */
export function meaningsOf(tokens: readonly Token[]): readonly Meaning[] {
  const meanings: Meaning[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at];
    if (!token) break;
    if (token.sort !== 'word') {
      meanings.push(OF_SHAPE.get(token.sort) ?? OTHER);
      at++;
      continue;
    }
    const [meaning, length] = longestAt(tokens, at, plain(token.text));
    meanings.push(meaning);
    at += length;
  }
  return meanings;
}

function longestAt(tokens: readonly Token[], at: number, first: string): readonly [Meaning, number] {
  const { dictionary, openings } = vocabulary();
  if (openings.has(first)) {
    let phrase = first;
    let found: readonly [Meaning, number] | null = null;
    for (let length = 1; length < LONGEST_PHRASE; length++) {
      const next = tokens[at + length];
      if (next?.sort !== 'word') break;
      phrase += ` ${plain(next.text)}`;
      const entry = dictionary.get(phrase);
      if (entry) found = [entry, length + 1];
    }
    if (found) return found;
  }
  return [ofWord(first) ?? OTHER, 1];
}
