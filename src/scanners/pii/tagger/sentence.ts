/** One sentence as the tagger sees it: its tokens, what the gazetteer knows of them, and which may be part of a name. */
import {
  BEGINS,
  CALENDAR,
  COUNTRY,
  FIRM,
  GIVEN_NAME,
  GROUP,
  ORDINARY,
  ORGANIZATION,
  PARTICLE,
  phraseHash,
  PLACE,
  SURNAME,
  WAY,
  type Gazetteer,
} from './gazetteer.ts';
import { MAX_SENTENCE } from './sentences.ts';
import {
  ADDRESS,
  CAPITALIZED,
  CAPITALS,
  CODE,
  createTokens,
  MARK,
  MIXED,
  NUMBER,
  ONE_CAPITAL,
  readTokens,
  SMALL,
  WITHOUT_CASE,
  type Tokens,
} from './tokens.ts';

/** How a sentence is written. */
export const MIXED_CASE = 0;
export const ALL_CAPITALS = 1;
export const ALL_SMALL = 2;
export const TITLE_CASE = 3;

/** Bits of `phrases`. */
const BEGINS_PLACE = 1;
const INSIDE_PLACE = 2;
const BEGINS_ORGANIZATION = 4;
const INSIDE_ORGANIZATION = 8;
/** Tokens of the longest phrase that is known. */
export const MAX_PHRASE = 4;

export interface Sentence {
  readonly tokens: Tokens;
  /** What the gazetteer knows each token as. */
  readonly flags: Uint16Array;
  /** Whether a token is part of a phrase that the gazetteer knows. */
  readonly phrases: Uint8Array;
  /** 1 where a token may be part of a name; the others are taken to be none. */
  readonly candidates: Uint8Array;
  style: number;
  /** Index of the first token that is no mark. */
  first: number;
}

const NAMED = GIVEN_NAME | SURNAME | PLACE | COUNTRY | GROUP | ORGANIZATION;

export function createSentence(): Sentence {
  return {
    tokens: createTokens(),
    flags: new Uint16Array(MAX_SENTENCE),
    phrases: new Uint8Array(MAX_SENTENCE),
    candidates: new Uint8Array(MAX_SENTENCE),
    style: MIXED_CASE,
    first: 0,
  };
}

/** Reads text[start, end) into `sentence`; gives whether any token of it may be part of a name. */
export function readSentence(
  text: string,
  start: number,
  end: number,
  gazetteer: Gazetteer,
  sentence: Sentence,
): boolean {
  const { tokens, flags, phrases } = sentence;
  readTokens(text, start, end, tokens);
  for (let i = 0; i < tokens.count; i++) {
    const form = tokens.forms[i] ?? MARK;
    const isWord = form !== MARK && form !== NUMBER && form !== ADDRESS && form !== CODE;
    flags[i] = isWord ? gazetteer.lookUp(tokens.hashes[i] ?? 0) : 0;
    phrases[i] = 0;
  }
  for (let i = 0; i < tokens.count; i++)
    if (((flags[i] ?? 0) & BEGINS) !== 0) markPhrase(sentence, gazetteer, i);
  readStyle(sentence);
  return findCandidates(sentence);
}

/** The longest phrase that begins at a token. */
function markPhrase({ tokens, phrases }: Sentence, gazetteer: Gazetteer, at: number): void {
  let hash = tokens.hashes[at] ?? 0;
  const limit = Math.min(tokens.count, at + MAX_PHRASE);
  for (let last = at + 1; last < limit; last++) {
    hash = phraseHash(hash, tokens.hashes[last] ?? 0);
    const found = gazetteer.lookUp(hash);
    if (found === 0) continue;
    const isPlace = (found & (PLACE | COUNTRY)) !== 0;
    phrases[at] = (phrases[at] ?? 0) | (isPlace ? BEGINS_PLACE : BEGINS_ORGANIZATION);
    for (let i = at + 1; i <= last; i++)
      phrases[i] = (phrases[i] ?? 0) | (isPlace ? INSIDE_PLACE : INSIDE_ORGANIZATION);
  }
}

function readStyle(sentence: Sentence): void {
  const { count, forms } = sentence.tokens;
  let small = 0;
  let capitalized = 0;
  let capitals = 0;
  sentence.first = count;
  for (let i = 0; i < count; i++) {
    const form = forms[i];
    if (form !== MARK && sentence.first === count) sentence.first = i;
    if (form === SMALL) small++;
    else if (form === CAPITALIZED || form === MIXED) capitalized++;
    else if (form === CAPITALS) capitals++;
  }
  sentence.style = styleOf(small, capitalized, capitals);
}

function styleOf(small: number, capitalized: number, capitals: number): number {
  if (capitals > 1 && small + capitalized === 0) return ALL_CAPITALS;
  if (capitalized + capitals === 0) return ALL_SMALL;
  return capitalized >= 4 && capitalized > small * 2 ? TITLE_CASE : MIXED_CASE;
}

/** Striking words, what may join them to one name, and small words that nobody knows. */
function findCandidates(sentence: Sentence): boolean {
  const { tokens, flags, candidates } = sentence;
  const { count, forms } = tokens;
  let isAny = false;
  let isStrikingBefore = false;
  let isHere = count > 0 && isStriking(sentence, 0);
  for (let i = 0; i < count; i++) {
    const isBehind = i + 1 < count && isStriking(sentence, i + 1);
    const isNear = isStrikingBefore || isBehind;
    const form = forms[i] ?? MARK;
    let isCandidate = isHere;
    if (!isHere && form === MARK)
      isCandidate = isNear && (isStrikingBefore === isBehind || endsName(sentence, i));
    else if (!isHere) isCandidate = isNear ? mayJoin(form, flags[i] ?? 0) : isUnknown(sentence, i);
    candidates[i] = isCandidate ? 1 : 0;
    isAny ||= isCandidate;
    isStrikingBefore = isHere;
    isHere = isBehind;
  }
  return isAny;
}

/** Capitalized, or known as a name. */
function isStriking({ tokens, flags, phrases, first, style }: Sentence, i: number): boolean {
  const form = tokens.forms[i] ?? MARK;
  const known = flags[i] ?? 0;
  if (phrases[i] !== 0) return true;
  if (form === SMALL) return (known & NAMED) !== 0 && (known & ORDINARY) === 0 && !isGlued(tokens, i);
  const isCapitalized = form === CAPITALIZED || form === CAPITALS || form === ONE_CAPITAL || form === MIXED;
  if (!isCapitalized || (known & NAMED) !== 0) return isCapitalized;
  if ((known & CALENDAR) !== 0) return false;
  return i !== first || style !== MIXED_CASE || (known & ORDINARY) === 0;
}

/** The full stop of `Inc.` and of `J.` */
function endsName({ tokens, flags }: Sentence, i: number): boolean {
  return i > 0 && (tokens.forms[i - 1] === ONE_CAPITAL || ((flags[i - 1] ?? 0) & (FIRM | WAY)) !== 0);
}

function mayJoin(form: number, known: number): boolean {
  if (form !== SMALL) return form !== WITHOUT_CASE && form !== ADDRESS;
  return (known & ORDINARY) === 0 || (known & (PARTICLE | WAY | FIRM)) !== 0;
}

function isUnknown({ tokens, flags }: Sentence, i: number): boolean {
  const length = (tokens.ends[i] ?? 0) - (tokens.starts[i] ?? 0);
  return tokens.forms[i] === SMALL && flags[i] === 0 && length > 2 && !isGlued(tokens, i);
}

/** Of an identifier such as `mistral-large` or `user.paris`: a mark stands between two words without any space. */
function isGlued({ count, forms, apart }: Tokens, i: number): boolean {
  const isAfter =
    i > 1 && forms[i - 1] === MARK && apart[i] === 0 && apart[i - 1] === 0 && forms[i - 2] !== MARK;
  if (isAfter) return true;
  return (
    i + 2 < count &&
    forms[i + 1] === MARK &&
    apart[i + 1] === 0 &&
    apart[i + 2] === 0 &&
    forms[i + 2] !== MARK
  );
}
