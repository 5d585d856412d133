/** Counts the samples' letters and measures the profiles: `node training/language/train-language.ts DATA_FOLDER`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { passages } from '../../src/base/passages.ts';
import { shareOf, type Share } from '../../src/base/statistics.ts';
import { PASSAGE } from '../../src/scanners/language/language.ts';
import {
  BUCKETS,
  languageProfiles,
  STEPS_A_BIT,
  visitFeatures,
  type LanguageProfiles,
} from '../../src/scanners/language/language-profiles.ts';
import { isShared, mainScript } from '../../src/scanners/language/scripts.ts';
import { isHeldOut } from '../held-out.ts';
import { readRows } from '../read-rows.ts';
import { LANGUAGE_SAMPLES } from './samples.ts';

/** English as people ask and write, more than a sample has: four fifths are learned from. */
const ENGLISH_FILES = ['ben_clinc150', 'ben_dolly', 'ben_wiki_sents', 'ben_self_instruct', 'ben_ultrachat'];
/** How often a feature counts that was never seen in a language. */
const SMOOTHING = 0.05;
/** Bits a feature. */
const MARGIN = 0.2;

const folder = process.argv[2];
if (folder === undefined) throw new Error('node training/language/train-language.ts DATA_FOLDER');
train(folder);

function train(dataFolder: string): void {
  const languages = Object.entries(LANGUAGE_SAMPLES).map(([code, { text }]) => {
    const script = mainScript(text)?.script ?? '';
    if (!isShared(script)) throw new Error(`${code} is told by its script`);
    return { code, script };
  });
  const english = readEnglish(dataFolder);
  const bytes = table(
    languages.map(({ code }) => [
      // Words with a capital are no names here.
      (LANGUAGE_SAMPLES[code]?.text ?? '').toLowerCase(),
      ...(code === 'en' ? english.filter((text) => !isHeldOut(text)) : []),
    ]),
  );
  const profiles = { languages, margin: MARGIN, ...languageProfiles(bytes, languages.length) };
  const out = new URL('../../models/language/', import.meta.url);
  mkdirSync(out, { recursive: true });
  writeFileSync(new URL('weights.bin', out), bytes);
  const facts = { languages, margin: MARGIN, ...measured(profiles, english.filter(isHeldOut)) };
  writeFileSync(new URL('model.json', out), `${JSON.stringify(facts, null, 1)}\n`);
}

/** Bits of each feature in each language, the languages of one feature side by side. */
function table(languages: readonly (readonly string[])[]): Uint8Array {
  const bytes = new Uint8Array(BUCKETS * languages.length);
  for (const [index, texts] of languages.entries()) {
    const counts = new Float64Array(BUCKETS);
    let all = 0;
    for (const text of texts)
      visitFeatures(text, (bucket) => {
        counts[bucket] = (counts[bucket] ?? 0) + 1;
        all++;
      });
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const share = ((counts[bucket] ?? 0) + SMOOTHING) / (all + SMOOTHING * BUCKETS);
      bytes[bucket * languages.length + index] = Math.min(255, Math.round(-Math.log2(share) * STEPS_A_BIT));
    }
  }
  return bytes;
}

function measured(profiles: LanguageProfiles, english: readonly string[]): object {
  const sentences = Object.entries(LANGUAGE_SAMPLES).flatMap(([code, { heldOut }]) =>
    heldOut.map((text) => ({ code, text })),
  );
  const right = sentences.filter(({ code, text }) => likeliest(profiles, text)?.code === code);
  const foreign = sentences.filter(({ code }) => code !== 'en');
  const seen = foreign.filter(({ text }) => leadOverEnglish(profiles, text) >= MARGIN);
  return {
    named: shareOf(right.length, sentences.length),
    seenWhereEnglishIsAllowed: shareOf(seen.length, foreign.length),
    confused: sentences
      .filter((sentence) => !right.includes(sentence))
      .map(({ code, text }) => `${code} as ${likeliest(profiles, text)?.code}`),
    englishTaken: englishTaken(profiles, english),
  };
}

/** The share of passages of English texts that are taken for another language. */
function englishTaken(profiles: LanguageProfiles, english: readonly string[]): Share {
  const parts = english.flatMap((text) =>
    [...passages(text, 0, PASSAGE)].map(({ start, end }) => text.slice(start, end)),
  );
  const long = parts.filter((part) => (mainScript(part)?.letters ?? 0) >= 40);
  const taken = long.filter((part) => leadOverEnglish(profiles, part) >= MARGIN);
  return shareOf(taken.length, long.length);
}

function leadOverEnglish(profiles: LanguageProfiles, text: string): number {
  const best = likeliest(profiles, text);
  const bits = profiles.bitsOf(text);
  const english = bits?.[profiles.languages.findIndex(({ code }) => code === 'en')];
  return best === undefined || english === undefined ? 0 : english - best.bits;
}

function likeliest(
  profiles: LanguageProfiles,
  text: string,
): { readonly code: string; readonly bits: number } | undefined {
  const script = mainScript(text)?.script;
  const bits = profiles.bitsOf(text);
  return profiles.languages
    .map(({ code, script: own }, index) => ({ code, own, bits: bits?.[index] ?? Infinity }))
    .filter(({ own }) => own === script)
    .toSorted((a, b) => a.bits - b.bits)[0];
}

function readEnglish(dataFolder: string): readonly string[] {
  return ENGLISH_FILES.flatMap((name) => readRows(dataFolder, name).map(({ text }) => text));
}
