/** Gathers what is known of words and phrases into the table that the tagger looks them up in. */
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
  THING,
  TITLE,
  WAY,
  WIDESPREAD,
} from '../../src/scanners/pii/tagger/gazetteer.ts';
import { MAX_PHRASE } from '../../src/scanners/pii/tagger/sentence.ts';
import { createTokens, readTokens, SMALL } from '../../src/scanners/pii/tagger/tokens.ts';
import type { NameLists } from './name-lists.ts';
import {
  CALENDAR as CALENDAR_WORDS,
  CAPITALIZED_THINGS,
  LANGUAGES,
  FIRM_WORDS,
  GROUPS,
  ORGANIZATIONS,
  PARTICLES,
  TITLES,
  VERBS,
  WAYS,
} from './word-lists.ts';

/** Names of the census that are widespread. */
const WIDESPREAD_GIVEN = 500;
const WIDESPREAD_SURNAMES = 2_000;
/** Ordinary words are written small this often at least, and as often as in capitals. */
const LEAST_SMALL = 3;

/** `texts` tell which words are ordinary: those that are written small. */
export function gatherGazetteer(lists: NameLists, texts: readonly string[]): ReadonlyMap<number, number> {
  const entries = new Map<number, number>();
  const tokens = createTokens();
  const hashesOf = (text: string): readonly number[] => {
    readTokens(text, 0, text.length, tokens);
    return [...tokens.hashes.subarray(0, tokens.count)];
  };
  const add = (names: Iterable<string>, flag: number): void => {
    for (const name of names) addName(entries, hashesOf(name.slice(0, 200)), flag);
  };
  for (const [locale, names] of lists.given) {
    add(partsOf(names), GIVEN_NAME);
    if (locale === 'us_census') add(widespreadGiven(names), WIDESPREAD);
  }
  for (const [locale, names] of lists.surnames) {
    add(partsOf(names), SURNAME);
    if (locale === 'us_census') add(names.slice(0, WIDESPREAD_SURNAMES), WIDESPREAD);
  }
  add(lists.cities, PLACE);
  add(lists.regions, PLACE);
  add(lists.countries, COUNTRY);
  add(GROUPS, GROUP);
  add(ORGANIZATIONS, ORGANIZATION);
  add(TITLES, TITLE);
  add(FIRM_WORDS, FIRM);
  add(CALENDAR_WORDS, CALENDAR);
  add(
    CAPITALIZED_THINGS.filter((thing) => !thing.includes(' ')),
    THING,
  );
  add(
    LANGUAGES.filter((language) => !language.includes(' ')),
    THING,
  );
  add(VERBS, ORDINARY);
  add(WAYS, WAY);
  add(PARTICLES, PARTICLE);
  for (const hash of ordinaryWords(texts)) entries.set(hash, (entries.get(hash) ?? 0) | ORDINARY);
  return entries;
}

/** Men's and women's names follow one another, each by frequency. */
function widespreadGiven(names: readonly string[]): readonly string[] {
  const women = names.indexOf('Mary');
  return [...names.slice(0, WIDESPREAD_GIVEN), ...names.slice(women, women + WIDESPREAD_GIVEN)];
}

/** Names of several words are known by each of them; particles apart. */
function* partsOf(names: readonly string[]): Generator<string> {
  for (const name of names)
    for (const part of name.split(/[\s-]+/)) if (part.length > 1 && /^\p{Lu}/u.test(part)) yield part;
}

function addName(entries: Map<number, number>, hashes: readonly number[], flag: number): void {
  const [first, ...more] = hashes;
  if (first === undefined || hashes.length > MAX_PHRASE) return;
  const hash = more.reduce(phraseHash, first);
  entries.set(hash, (entries.get(hash) ?? 0) | flag);
  if (more.length > 0) entries.set(first, (entries.get(first) ?? 0) | BEGINS);
}

function ordinaryWords(texts: readonly string[]): readonly number[] {
  const small = new Map<number, number>();
  const other = new Map<number, number>();
  const tokens = createTokens();
  for (const text of texts)
    for (let start = 0; start < text.length; start += 300) {
      readTokens(text, start, Math.min(text.length, start + 300), tokens);
      for (let i = 0; i < tokens.count; i++) {
        const hash = tokens.hashes[i] ?? 0;
        const counts = tokens.forms[i] === SMALL ? small : other;
        counts.set(hash, (counts.get(hash) ?? 0) + 1);
      }
    }
  return [...small]
    .filter(([hash, count]) => count >= LEAST_SMALL && count >= (other.get(hash) ?? 0))
    .map(([hash]) => hash);
}
