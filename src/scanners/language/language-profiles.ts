/** How likely each three letters and each word are in a language: counts of sample texts, a byte each. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { modelFolder } from '../../base/package-directory.ts';

/** Of each language; a power of two. */
export const BUCKETS = 8_192;
/** What is less tells nothing: a list of names has hardly any. */
const FEWEST = 25;
/** What one step of a byte is worth. */
export const STEPS_A_BIT = 8;

const factsSchema = z.object({
  languages: z.array(z.object({ code: z.string(), script: z.enum(['Latin', 'Cyrillic', 'Arabic']) })).min(1),
  /** Bits a feature by which a language must beat the best of those that are allowed. */
  margin: z.number().positive(),
});

export interface LanguageProfiles {
  readonly languages: z.output<typeof factsSchema>['languages'];
  readonly margin: number;
  /** Bits a feature, in the order of `languages`: fewer where the text is likelier. Null where there is too little. */
  bitsOf(text: string): Float64Array | null;
}

/** @throws Error where the model is missing or truncated */
export function loadLanguageProfiles(): LanguageProfiles {
  const folder = modelFolder('language');
  const facts = factsSchema.parse(JSON.parse(readFileSync(new URL('model.json', folder), 'utf8')));
  return {
    ...facts,
    ...languageProfiles(readFileSync(new URL('weights.bin', folder)), facts.languages.length),
  };
}

/** @throws Error where the bytes are not those of so many languages */
export function languageProfiles(bytes: Uint8Array, number: number): Pick<LanguageProfiles, 'bitsOf'> {
  if (bytes.length !== number * BUCKETS)
    throw new Error(`models/language: weights.bin does not hold the ${number} languages of model.json`);
  return {
    bitsOf(text) {
      const sums = new Float64Array(number);
      let features = 0;
      visitFeatures(text, (bucket) => {
        features++;
        for (let at = 0; at < number; at++)
          sums[at] = (sums[at] ?? 0) + (bytes[bucket * number + at] ?? 0) / STEPS_A_BIT;
      });
      return features < FEWEST ? null : sums.map((sum) => sum / features);
    },
  };
}

/** Words of letters alone, in small letters: addresses, names of files and code tell no language. */
const WORD =
  /(?<![\p{L}\p{M}\p{N}_@/\\.:#$&-])[\p{L}\p{M}’'\u200c-]{1,40}(?![\p{L}\p{M}\p{N}_@/\\#$-]|[.:]\S|\()/gu;
const BEGINS_SENTENCE = /(?:^|[.!?¿¡])[\s"'«„“]*$/;
const WORD_SALT = 0x5bd1e995;

/**
 * Every three letters of each word, its edges included, and the word; not of words with a capital within a sentence, as
 * names are of any language.
 */
export function visitFeatures(text: string, visit: (bucket: number) => void): void {
  for (const { 0: found, index } of text.matchAll(WORD)) {
    const lower = found.toLowerCase();
    if (found !== lower && !BEGINS_SENTENCE.test(text.slice(Math.max(0, index - 4), index))) continue;
    const word = ` ${lower} `;
    let hash = WORD_SALT;
    for (let at = 0; at < word.length; at++) {
      const code = word.charCodeAt(at);
      hash = Math.imul(hash ^ code, 0x01000193);
      if (at >= 2) visit(bucketOf((word.charCodeAt(at - 2) * 961 + word.charCodeAt(at - 1) * 31 + code) | 0));
    }
    visit(bucketOf(hash));
  }
}

function bucketOf(hash: number): number {
  let h = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) & (BUCKETS - 1);
}
