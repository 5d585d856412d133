/** Sentences of ordinary texts in which every capitalized word is an ordinary one: what the model must leave alone. */
import {
  COUNTRY,
  GIVEN_NAME,
  GROUP,
  ORDINARY,
  ORGANIZATION,
  PLACE,
  SURNAME,
  type Gazetteer,
} from '../../src/scanners/pii/tagger/gazetteer.ts';
import { createSentence, readSentence, type Sentence } from '../../src/scanners/pii/tagger/sentence.ts';
import { endOfSentence } from '../../src/scanners/pii/tagger/sentences.ts';
import { CAPITALIZED, CAPITALS, MIXED, SMALL } from '../../src/scanners/pii/tagger/tokens.ts';
import type { EntityText } from './entity-text.ts';

const NAMED = GIVEN_NAME | SURNAME | PLACE | COUNTRY | GROUP | ORGANIZATION;

export interface Wanted {
  /** Capitalized words that are not the first. */
  readonly leastCapitalized: number;
  /** So many of them, evenly from all. */
  readonly most: number;
}

export function textsWithoutNames(
  texts: readonly string[],
  gazetteer: Gazetteer,
  { leastCapitalized, most }: Wanted,
): readonly EntityText[] {
  const found: EntityText[] = [];
  const sentence = createSentence();
  for (const text of texts)
    for (let start = 0; start < text.length; ) {
      const end = endOfSentence(text, start) ?? text.length;
      if (readSentence(text, start, end, gazetteer, sentence) && isWithoutNames(sentence, leastCapitalized))
        found.push({ text: text.slice(start, end), entities: [] });
      start = end;
    }
  const every = Math.max(1, found.length / most);
  return found.filter((_, index) => Math.floor(index / every) !== Math.floor((index - 1) / every));
}

function isWithoutNames({ tokens, flags, first }: Sentence, leastCapitalized: number): boolean {
  let capitalized = 0;
  for (let i = 0; i < tokens.count; i++) {
    const form = tokens.forms[i];
    const known = flags[i] ?? 0;
    const isCapitalized = form === CAPITALIZED || form === CAPITALS || form === MIXED;
    if (form === SMALL && (known & NAMED) !== 0 && (known & ORDINARY) === 0) return false;
    if (!isCapitalized) continue;
    // A word that may be a name too is believed to be an ordinary one only at the beginning.
    if ((known & ORDINARY) === 0 || ((known & NAMED) !== 0 && i !== first)) return false;
    if (i !== first) capitalized++;
  }
  return capitalized >= leastCapitalized;
}
