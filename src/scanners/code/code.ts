/** Finds source code, fenced or not, and says in which language it is written. */
import { z } from 'zod';
import {
  afterSightings,
  defineScanner,
  type Scanner,
  type Sighting,
} from '../../modules/scanning/scanner.ts';
import { findRuns, MAX_RUN, REACH } from './code-runs.ts';
import { LANGUAGES, type Language } from './languages.ts';
import { isDecidedEarly, lineStart, MAX_LINE } from './line-reading.ts';

const languages = z.array(z.enum(LANGUAGES)).min(1);

const config = z
  .strictObject({
    /** The languages that are told; all unless told. */
    banned: languages.optional(),
    /** The languages that are not told, and all others are. */
    allowed: languages.optional(),
    /** Lines of code below which nothing is told. */
    min_lines: z.int().min(1).max(20).default(3),
  })
  .refine(({ banned, allowed }) => !banned || !allowed, 'either banned or allowed, not both');
type Config = z.infer<typeof config>;

export const code = defineScanner<Config>({
  id: 'code',
  title: 'Source code',
  description: 'Source code by language, in fenced blocks and without them.',
  risks: ['LLM02:2025', 'LLM02:2026'],
  kinds: LANGUAGES,
  config,
  create: (configured, wanted) => createCode(configured.min_lines, toldLanguages(configured, wanted)),
});

function toldLanguages({ banned, allowed }: Config, wanted: readonly string[]): ReadonlySet<Language> {
  return new Set(
    (banned ?? LANGUAGES.filter((language) => !allowed?.includes(language))).filter(
      (language) => wanted.length === 0 || wanted.includes(language),
    ),
  );
}

function createCode(minLines: number, told: ReadonlySet<Language>): Scanner {
  const sightingsOf = (runs: ReturnType<typeof findRuns>['runs']): readonly Sighting[] =>
    runs
      .filter(({ language }) => told.has(language))
      .map(({ start, end, language, confidence }) => ({ start, end, kind: language, confidence }));

  return {
    reach: REACH,
    maxHold: MAX_RUN + MAX_LINE + 2,
    scan: (text, from, _place, _final, until) => sightingsOf(findRuns(text, from, minLines, until).runs),
    settled(text, from) {
      if (isWaiting(text, from)) return from;
      const { runs, open } = findRuns(text, from, minLines, Infinity);
      return afterSightings(open, sightingsOf(runs.filter(({ start }) => start < open)));
    },
  };
}

/** Cheap, and true for most of what a stream brings: a line that began at `from` and is neither complete nor decided. */
function isWaiting(text: string, from: number): boolean {
  if (lineStart(text, from) !== from || text.indexOf('\n', from) >= 0) return false;
  return !isDecidedEarly(text, { start: from, end: text.length, block: null });
}
