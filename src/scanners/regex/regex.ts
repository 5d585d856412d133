/** Finds what an administrator's own patterns match, in linear time whatever the pattern. */
import { z } from 'zod';
import { afterSightings, defineScanner, type Scanner } from '../../modules/scanning/scanner.ts';
import { boundedPattern } from './bounded-pattern.ts';
import { longestMatch } from './longest-match.ts';

const config = z.strictObject({
  /** RE2 syntax. Each pattern's name is the kind of what it finds. */
  patterns: z
    .record(
      z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'letters, digits and . _ - (64 at most)'),
      z.string().min(1).max(2_000),
    )
    .refine((patterns) => Object.keys(patterns).length > 0, 'at least one pattern')
    .refine((patterns) => Object.keys(patterns).length <= 200, 'at most 200 patterns'),
  /** Characters of a match beyond which it is cut, and which a stream holds back, unless the pattern's matches are shorter. */
  max_length: z.int().min(1).max(4_096).default(256),
  ignore_case: z.boolean().default(false),
});
type Config = z.infer<typeof config>;

export const regex = defineScanner<Config>({
  id: 'regex',
  title: 'Patterns',
  description: 'Your own regular expressions, in RE2 syntax.',
  risks: ['LLM02:2025', 'LLM02:2026'],
  kinds: ['*'],
  config,
  create: ({ patterns, max_length, ignore_case }, wanted) =>
    Object.entries(patterns)
      .filter(([name]) => wanted.length === 0 || wanted.includes(name))
      .map(([name, source]) => createPattern(name, source, max_length, ignore_case)),
});

/** What a match's end may depend on beside the match itself: the character behind it. */
const LOOK_AHEAD = 2;

function createPattern(kind: string, source: string, mostLength: number, ignoreCase: boolean): Scanner {
  const maxLength = Math.min(mostLength, longestMatch(source) + LOOK_AHEAD);
  const pattern = boundedPattern(kind, source, maxLength, ignoreCase);
  return {
    reach: 2,
    maxHold: maxLength,
    scan: (text, from) => pattern.find(text, from),
    settled(text, from) {
      const open = Math.max(from, text.length - maxLength);
      return open === from ? from : afterSightings(open, pattern.find(text, from));
    },
  };
}
