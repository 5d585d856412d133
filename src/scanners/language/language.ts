/** Finds sentences in languages that are not among those allowed. */
import { z } from 'zod';
import { openPassage, passages, trimmed, type PassageSizes } from '../../base/passages.ts';
import { defineScanner, type Scanner, type Sighting } from '../../modules/scanning/scanner.ts';
import { loadLanguageProfiles, type LanguageProfiles } from './language-profiles.ts';
import { isShared, mainScript, SCRIPT_LANGUAGES } from './scripts.ts';

/** What no profile is like. */
const OTHER = 'OTHER';
/** Codes of ISO 639-1, as the profiles and the scripts have them. */
const PROFILED =
  'af ar be bg ca cs cy da de en es et eu fa fi fr hr hu id is it lt lv nl no pl pt ro ru sk sl sq sr sv sw tl tr uk ur vi';
const KINDS = [...PROFILED.split(' '), ...SCRIPT_LANGUAGES].sort();

export const PASSAGE: PassageSizes = { enough: 60, most: 360 };
/** Letters that a passage needs to be told; of scripts that write syllables or words with one letter, fewer. */
const ENOUGH_LETTERS = 40;
const ENOUGH_CHARACTERS = 12;
const DENSE = new Set(['zh', 'ja', 'ko']);
/** The share of letters that must be of one script, and the share of all but white space that must be letters. */
const MAIN_SHARE = 0.6;
const LETTER_SHARE = 0.75;
const FLOOR = 0.2;

const config = z.strictObject({
  /** ISO 639-1 codes of the languages that are not told of. */
  allowed: z
    .array(z.string().refine((code) => KINDS.includes(code), 'an ISO 639-1 code that this scanner knows'))
    .min(1)
    .default(['en']),
});
type Config = z.infer<typeof config>;

export const language = defineScanner<Config>({
  id: 'language',
  title: 'Language',
  description: 'Sentences in languages other than those allowed, by their script and by our own profiles.',
  risks: ['LLM01:2025', 'LLM01:2026'],
  kinds: [...KINDS, OTHER],
  config,
  create: ({ allowed }, wanted) => createLanguage(new Set(allowed), new Set(wanted)),
});

type Judgment = Pick<Sighting, 'kind' | 'confidence'> | null;

function createLanguage(allowed: ReadonlySet<string>, wanted: ReadonlySet<string>): Scanner {
  const profiles = loadLanguageProfiles();
  return {
    reach: 0,
    maxHold: PASSAGE.most + 1,
    settled: (text, from) => openPassage(text, from, PASSAGE),
    scan(text, from, _place, _final, until) {
      const seen: Sighting[] = [];
      for (const passage of passages(text, from, PASSAGE)) {
        if (passage.start >= until) break;
        const judgment = judged(profiles, allowed, text.slice(passage.start, passage.end));
        if (!judgment || (wanted.size > 0 && !wanted.has(judgment.kind))) continue;
        const where = trimmed(text, passage);
        if (where) seen.push({ ...where, ...judgment });
      }
      return seen;
    },
  };
}

function judged(profiles: LanguageProfiles, allowed: ReadonlySet<string>, passage: string): Judgment {
  const main = mainScript(passage);
  if (!main || main.count < MAIN_SHARE * main.letters) return null;
  if (main.letters < (DENSE.has(main.script) ? ENOUGH_CHARACTERS : ENOUGH_LETTERS)) return null;
  if (isShared(main.script)) return byProfile(profiles, allowed, main.script, main.letters, passage);
  return allowed.has(main.script) ? null : { kind: main.script, confidence: 0.95 };
}

/** The likeliest language of the script, if it is not allowed and likelier than every allowed one by a margin. */
function byProfile(
  profiles: LanguageProfiles,
  allowed: ReadonlySet<string>,
  script: string,
  letters: number,
  passage: string,
): Judgment {
  if (letters < LETTER_SHARE * passage.replace(/[\s\p{M}]/gu, '').length) return null;
  const bits = profiles.bitsOf(passage);
  if (!bits) return null;
  let best = { kind: OTHER, bits: Infinity };
  let second = Infinity;
  let bestAllowed = Infinity;
  for (const [index, { code, script: own }] of profiles.languages.entries()) {
    const cost = bits[index] ?? Infinity;
    if (own !== script) continue;
    if (allowed.has(code)) bestAllowed = Math.min(bestAllowed, cost);
    if (cost < best.bits) {
      second = best.bits;
      best = { kind: code, bits: cost };
    } else second = Math.min(second, cost);
  }
  if (allowed.has(best.kind)) return null;
  const confidence = confidenceOf(Math.min(MOST_LEAD, bestAllowed - best.bits), profiles.margin);
  if (confidence < FLOOR) return null;
  return { kind: second - best.bits < SAME ? OTHER : best.kind, confidence };
}

/** A lead over nothing at all counts like this one, in bits a feature. */
const MOST_LEAD = 3;
/** Two languages that are so near to one another are neither. */
const SAME = 0.02;

/** 0.5 at the margin. */
function confidenceOf(lead: number, margin: number): number {
  return lead ** 2 / (lead ** 2 + margin ** 2);
}
