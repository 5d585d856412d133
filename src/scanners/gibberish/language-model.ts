/** A small model of English: how surprising each letter of a word is, which words there are, and which stand side by side. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { modelFolder } from '../../base/package-directory.ts';

/** A letter or, as 0, the end of a word. */
export const LETTERS = 27;
/** What one step of a byte is worth. */
export const STEPS_A_BIT = 16;
/** Bits of the two sets, each a filter with one hash: what is not in it was never seen. */
export const WORD_BITS = 2 ** 18;
export const PAIR_BITS = 2 ** 21;
const PAIRS_AT = LETTERS ** 4 + WORD_BITS / 8;
export const MODEL_BYTES = PAIRS_AT + PAIR_BITS / 8;

/** FNV-1a, 32 bits. */
const BASIS = 0x811c9dc5;
const PRIME = 0x01000193;

const factsSchema = z.object({
  words: z.object({ threshold: z.number().positive() }),
  pairs: z.object({ threshold: z.number().positive() }),
});

export interface LanguageModel {
  /** Bits of the letter after the three before it. */
  letterBits(first: number, second: number, third: number, letter: number): number;
  /** Whether a word with this hash was seen, or one that shares its place. */
  hasWord(hash: number): boolean;
  /** Whether the two stood side by side, or two that share their place. */
  hasPair(first: number, second: number): boolean;
}

/** What a stretch must reach to be sighted, of each sort. */
export interface LoadedModel {
  readonly model: LanguageModel;
  readonly thresholds: { readonly words: number; readonly pairs: number };
}

/** @throws Error where the model is missing or truncated */
export function loadLanguageModel(): LoadedModel {
  const folder = modelFolder('gibberish');
  const facts = factsSchema.parse(JSON.parse(readFileSync(new URL('model.json', folder), 'utf8')));
  const bytes = readFileSync(new URL('weights.bin', folder));
  return {
    model: languageModel(bytes),
    thresholds: { words: facts.words.threshold, pairs: facts.pairs.threshold },
  };
}

/** @throws Error where the bytes are not a model's */
export function languageModel(bytes: Uint8Array): LanguageModel {
  if (bytes.length !== MODEL_BYTES)
    throw new Error(`models/gibberish: weights.bin has ${bytes.length} bytes, not ${MODEL_BYTES}`);
  const words = bytes.subarray(LETTERS ** 4, PAIRS_AT);
  const pairs = bytes.subarray(PAIRS_AT);
  return {
    letterBits: (first, second, third, letter) =>
      (bytes[((first * LETTERS + second) * LETTERS + third) * LETTERS + letter] ?? 255) / STEPS_A_BIT,
    hasWord: (hash) => isSet(words, hash & (WORD_BITS - 1)),
    hasPair: (first, second) => isSet(pairs, pairHash(first, second) & (PAIR_BITS - 1)),
  };
}

/** 1 to 26 for a letter of ASCII, 0 for all else. */
export function letterOf(code: number): number {
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x7a ? lower - 0x60 : 0;
}

/** Without regard to case. */
export function wordHash(word: string): number {
  let hash = BASIS;
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ (word.charCodeAt(at) | 0x20), PRIME);
  return spread(hash);
}

export function pairHash(first: number, second: number): number {
  return spread(Math.imul(first, PRIME) ^ second);
}

/** What differs in the last character differs in all bits. */
function spread(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function isSet(bits: Uint8Array, index: number): boolean {
  return ((bits[index >>> 3] ?? 0) & (1 << (index & 7))) !== 0;
}
