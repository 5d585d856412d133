/** Finds the names of competitors, but not inside phrases that are allowed. */
import { z } from 'zod';
import {
  afterSightings,
  defineScanner,
  type Scanner,
  type Sighting,
} from '../../modules/scanning/scanner.ts';
import { BEFORE, createNames, type Names } from './names.ts';

const MAX_LENGTH = 128;
const name = z.string().trim().min(1).max(MAX_LENGTH);
const phrases = z.array(name).max(1_000);

const config = z.strictObject({
  /** Each competitor's key is the kind of what is found of it. */
  competitors: z
    .record(
      z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/, 'letters, digits and . _ - (64 at most)'),
      z.strictObject({
        /** Its name and its aliases. */
        names: phrases.min(1),
        /** Phrases in which a name is somebody else's, or a word. */
        allow: phrases.default([]),
      }),
    )
    .refine((competitors) => Object.keys(competitors).length > 0, 'at least one competitor')
    .refine((competitors) => Object.keys(competitors).length <= 500, 'at most 500 competitors'),
  /** Phrases in which every competitor may be named. */
  allow: phrases.default([]),
  /** Endings that a name may take: `s`, `-like`. An apostrophe and what follows it needs none. */
  endings: z.array(z.string().trim().min(1).max(16)).max(16).default([]),
  /** For names that are words as well: `Apple` is then found and `apple` is not. */
  case_sensitive: z.boolean().default(false),
});
type Config = z.infer<typeof config>;

export const competitors = defineScanner<Config>({
  id: 'competitors',
  title: 'Competitors',
  description: 'Competitors by name and alias, except in phrases that you allow.',
  risks: ['LLM02:2025', 'LLM02:2026'],
  kinds: ['*'],
  config,
  create: ({ competitors: listed, allow, endings, case_sensitive }, wanted) =>
    Object.entries(listed)
      .filter(([kind]) => wanted.length === 0 || wanted.includes(kind))
      .map(([kind, own]) =>
        createCompetitor(
          kind,
          createNames(own.names, endings, case_sensitive),
          createNames([...own.allow, ...allow], [], case_sensitive),
        ),
      ),
});

function createCompetitor(kind: string, names: Names, allowed: Names): Scanner {
  const longest = Math.max(names.longest, allowed.longest);

  function scan(text: string, from: number): readonly Sighting[] {
    const sightings: Sighting[] = [];
    const places = names.places(text, from);
    const [first] = places;
    if (!first) return sightings;
    // What allows a name may begin before it, and so before `from`.
    const excuses = allowed.places(text, Math.max(0, first.start - allowed.longest));
    let told = from;
    let at = 0;
    for (const { start, end } of places) {
      while ((excuses[at]?.end ?? end) < end) at++;
      const excuse = excuses[at];
      if (start < told || (excuse && excuse.start <= start)) continue;
      sightings.push({ start, end, kind, confidence: 1 });
      told = end;
    }
    return sightings;
  }

  return {
    reach: allowed.longest + BEFORE,
    maxHold: longest,
    scan,
    settled(text, from) {
      const open = Math.min(names.beginning(text), allowed.beginning(text));
      return open <= from ? from : afterSightings(open, scan(text, from));
    },
  };
}
