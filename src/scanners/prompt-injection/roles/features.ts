/** What stands in a sentence: which roles and words, beside one another and in which order; all of it hashed. */
import { createNumberList, type NumberList } from './number-list.ts';
import { END, OTHER, START, type ReadSentence } from './roles.ts';

/** Kinds of features, apart in the hash. */
const ALONE = 1;
const BESIDE = 2;
const IN_A_ROW = 3;
const NEAR_BEFORE = 4;
const FAR_BEFORE = 5;
const OPENING = 6;
const CONTEXT = 7;
const RIGHT_BEFORE = 8;
const WORD = 9;
const WORD_BESIDE = 10;
/** Words between two that are near one another. */
const NEAR_WORDS = 6;
/** Words of the context that stand right before the sentence: a mark, a speaker, a field's name. */
const RIGHT_BEFORE_WORDS = 8;

function hashOf(kind: number, a: number, b = 0, c = 0): number {
  let hash =
    Math.imul(kind, 0x9e3779b1) ^
    Math.imul(a + 1, 0x85ebca6b) ^
    Math.imul(b + 1, 0xc2b2ae35) ^
    Math.imul(c + 1, 0x27d4eb2f);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  // A small whole number: a set of others would be far slower.
  return (hash ^ (hash >>> 15)) | 0;
}

type Words = readonly (readonly number[])[];

/** Used for one sentence after another. */
const found = createNumberList();

/** Each once: what stands in a sentence, and who or what was spoken of right before it. */
export function featuresOf(sentence: ReadSentence, context: Words): Int32Array {
  found.clear();
  for (const [at, roles] of context.entries())
    for (const a of roles) {
      if (a === OTHER) continue;
      found.add(hashOf(CONTEXT, a));
      if (at >= context.length - RIGHT_BEFORE_WORDS) found.add(hashOf(RIGHT_BEFORE, a));
    }
  for (const [at, word] of sentence.words.entries()) {
    found.add(hashOf(WORD, word));
    found.add(hashOf(WORD_BESIDE, word, sentence.words[at + 1] ?? 0));
  }
  const words: Words = [[START], ...sentence.roles, [END]];
  for (const [at, roles] of words.entries()) {
    for (const a of roles) {
      if (a !== OTHER) found.add(hashOf(ALONE, a));
      if (at <= 3) found.add(hashOf(OPENING, a, at));
      beside(found, words, at, a);
      if (a !== OTHER) before(found, words, at, a);
    }
  }
  return found.values();
}

function beside(to: NumberList, words: Words, at: number, a: number): void {
  for (const b of words[at + 1] ?? []) {
    to.add(hashOf(BESIDE, a, b));
    if (a === OTHER && b === OTHER) continue;
    for (const c of words[at + 2] ?? []) to.add(hashOf(IN_A_ROW, a, b, c));
  }
}

function before(to: NumberList, words: Words, at: number, a: number): void {
  for (let next = at + 2; next < words.length - 1; next++)
    for (const b of words[next] ?? [])
      if (b !== OTHER) to.add(hashOf(next - at <= NEAR_WORDS ? NEAR_BEFORE : FAR_BEFORE, a, b));
}
