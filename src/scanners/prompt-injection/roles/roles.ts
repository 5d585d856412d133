/** Reads a sentence as its words and their roles: who is spoken to, what is asked for, of what and for whom. */
import { VERBS, WORDS } from './lexicon.ts';
import { TOKEN_SHAPES, tokensOf, type Token } from './tokens.ts';
import { meaningsOf, type Meaning } from './vocabulary.ts';
import { wordsOf } from './words.ts';

/** Of a verb: one is told to; somebody has to; it is what something is for; none of these. */
const VERB_PLACES = ['asked', 'due', 'purpose', 'else'] as const;
type VerbPlace = (typeof VERB_PLACES)[number];

/** Every role by its name. */
export const ROLES: readonly string[] = [
  'other',
  'past',
  'ing',
  'start',
  'end',
  ...TOKEN_SHAPES,
  ...Object.keys(WORDS),
  ...Object.keys(VERBS).flatMap((verb) => VERB_PLACES.map((place) => `${verb} ${place}`)),
];
const NUMBERS = new Map(ROLES.map((role, number) => [role, number]));
const numberOf = (role: string): number => NUMBERS.get(role) ?? 0;
export const OTHER = numberOf('other');
export const START = numberOf('start');
export const END = numberOf('end');

/** Verbs of which somebody is told or asked to do what they say. */
export const VERBS_ASKED_FOR: ReadonlySet<number> = new Set(
  Object.keys(VERBS).flatMap((verb) => [numberOf(`${verb} asked`), numberOf(`${verb} due`)]),
);

const MODELS: ReadonlySet<number> = new Set([numberOf('ai'), numberOf('aiMaybe')]);

/** A sentence as the senses read it. */
export interface ReadSentence {
  /** The roles of each word, a phrase counting as one. */
  readonly roles: readonly (readonly number[])[];
  /** Its words by themselves, hashed. */
  readonly words: readonly number[];
}

export function readSentence(sentence: string): ReadSentence {
  const tokens = tokensOf(sentence);
  return { roles: rolesIn(tokens), words: wordsOf(tokens) };
}

/** Fewer words may all be names. */
const MIN_FOREIGN = 6;

/**
 * Whether anything is asked for, a model named, or less known to the lexicon than a third of the words, signs counted: all other
 * sentences mean nothing to one.
 */
export function mayMean({ roles, words }: ReadSentence): boolean {
  let known = 0;
  for (const each of roles) {
    if (each.some((role) => VERBS_ASKED_FOR.has(role) || MODELS.has(role))) return true;
    if (each.some((role) => role !== OTHER)) known++;
  }
  return words.length >= MIN_FOREIGN && 3 * known < words.length;
}

/** Between a clause's beginning and its verb. */
const LEADS: ReadonlySet<string> = new Set([
  'please',
  'also',
  'now',
  'quote',
  'bracket',
  'not',
  'mark',
  'cry',
  'all',
]);
const BEGINNINGS: ReadonlySet<string> = new Set(['break', 'colon', 'comma', 'cry', 'question', 'tag']);
/** How far before a verb something tells of its place. */
const NEAR = 5;

const has = (meaning: Meaning | undefined, role: string): boolean =>
  meaning?.roles.some((each) => each === role) ?? false;

function placeOf(meanings: readonly Meaning[], at: number, before: VerbPlace): VerbPlace {
  let back = at - 1;
  let isJoined = false;
  while (back >= 0 && at - back <= NEAR) {
    const meaning = meanings[back];
    if (!meaning?.roles.some((role) => LEADS.has(role))) break;
    if (has(meaning, 'also')) isJoined = true;
    back--;
  }
  const previous = meanings[back];
  if (!previous || previous.roles.some((role) => BEGINNINGS.has(role))) return 'asked';
  if (isJoined && (before === 'asked' || before === 'due')) return before;
  if (has(previous, 'must')) return 'due';
  if (has(previous, 'to')) return isDue(meanings, back) ? 'due' : 'purpose';
  if (has(previous, 'you'))
    return has(meanings[back - 1], 'may') || has(meanings[back - 1], 'must') ? 'due' : 'else';
  const isCalled = has(previous, 'ai') || has(previous, 'aiMaybe');
  if (
    isCalled &&
    (back === 0 || meanings[back - 1]?.roles.some((role) => LEADS.has(role) || BEGINNINGS.has(role)))
  )
    return 'asked';
  return 'else';
}

/** "you are required to", "I want you to". */
function isDue(meanings: readonly Meaning[], to: number): boolean {
  for (let back = to - 1; back >= 0 && to - back <= 3; back--) if (has(meanings[back], 'must')) return true;
  return has(meanings[to - 1], 'you');
}

/** The roles of each word of a sentence. */
export function rolesOf(sentence: string): ReadSentence['roles'] {
  return rolesIn(tokensOf(sentence));
}

function rolesIn(tokens: readonly Token[]): ReadSentence['roles'] {
  const meanings = meaningsOf(tokens);
  const roles: (readonly number[])[] = [];
  let before: VerbPlace = 'else';
  for (const [at, meaning] of meanings.entries()) {
    if (meaning.verbs.length > 0) before = placeOf(meanings, at, before);
    roles.push(numbersOf(meaning, before));
  }
  return roles;
}

const KNOWN = new Map<Meaning, Partial<Record<VerbPlace, readonly number[]>>>();

/** Meanings are as many as the lexicon's words. */
function numbersOf(meaning: Meaning, place: VerbPlace): readonly number[] {
  let known = KNOWN.get(meaning);
  if (!known) KNOWN.set(meaning, (known = {}));
  const { roles, verbs } = meaning;
  return (known[place] ??= [...roles.map(numberOf), ...verbs.map((verb) => numberOf(`${verb} ${place}`))]);
}
