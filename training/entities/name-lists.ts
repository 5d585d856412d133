/** Names as the lists beside this file hold them, and countries as Unicode's data in Node names them. */
import { readFileSync } from 'node:fs';

export interface NameLists {
  /** By locale; `us_census` by frequency. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  readonly surnames: ReadonlyMap<string, readonly string[]>;
  /** Cities, most populous first. */
  readonly cities: readonly string[];
  readonly regions: readonly string[];
  readonly streets: readonly string[];
  readonly countries: readonly string[];
}

const LANGUAGES = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'nl',
  'pt',
  'pl',
  'tr',
  'sv',
  'da',
  'fi',
  'cs',
  'hu',
  'ro',
  'id',
  'vi',
];
/** ISO 3166 codes that Unicode has no name for answer with themselves. */
const LETTERS = Array.from({ length: 26 }, (_, i) => String.fromCharCode(65 + i));

export function readNameLists(): NameLists {
  return {
    given: byLocale('given-names'),
    surnames: byLocale('surnames'),
    cities: linesOf('places'),
    regions: linesOf('regions'),
    streets: linesOf('streets'),
    countries: countries(),
  };
}

function linesOf(name: string): readonly string[] {
  const text = readFileSync(new URL(`lists/${name}.txt`, import.meta.url), 'utf8');
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

function byLocale(name: string): ReadonlyMap<string, readonly string[]> {
  return new Map(
    linesOf(name).map((line) => {
      const [locale = '', names = ''] = line.split('\t');
      return [locale, names.split('|')];
    }),
  );
}

function countries(): readonly string[] {
  const names = new Set([
    'USA',
    'UK',
    'U.S.',
    'U.K.',
    'UAE',
    'US',
    'England',
    'Scotland',
    'Wales',
    'Britain',
    'Holland',
    'America',
    'Korea',
    'Europe',
    'Africa',
    'Asia',
    'Middle East',
    'Latin America',
    'North America',
    'South America',
    'Caribbean',
    'Balkans',
    'Scandinavia',
  ]);
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    for (const a of LETTERS)
      for (const b of LETTERS) {
        const name = /^(?:Q[M-Z]|X[A-Z]|ZZ|AA|EZ|UN)$/.test(a + b) ? undefined : display.of(a + b);
        if (name !== undefined && !/[()&]/.test(name)) names.add(name);
      }
  }
  return [...names];
}
