/** Makes up names of persons: a given name and a surname of one locale, written in the ways in which names are written. */
import type { Random } from '../random.ts';
import type { NameLists } from './name-lists.ts';
import { PARTICLES } from './name-parts.ts';

export interface PersonNames {
  person(): string;
  given(): string;
  /** `locale` where it shall be of one. */
  surname(locale?: string): string;
}

const CENSUS = 'us_census';

export function createPersonNames(lists: NameLists, random: Random): PersonNames {
  const locales = [...lists.surnames.keys()].filter((name) => lists.given.has(name) && name !== CENSUS);
  const anyLocale = (): string => (random.next() < 0.35 ? CENSUS : random.pick(locales));
  const from = (names: ReadonlyMap<string, readonly string[]>, locale: string): string =>
    random.pick(names.get(locale) ?? []);
  /** The beginning of one and the end of another: a name that stands in no list. */
  const coined = (a: string, b: string): string =>
    a.slice(0, 2 + random.below(3)) + b.slice(Math.max(1, b.length - 2 - random.below(3))).toLowerCase();

  function surname(locale = anyLocale()): string {
    const name = from(lists.surnames, locale);
    const way = random.next();
    if (way < 0.1) return coined(name, from(lists.surnames, locale));
    return way < 0.14 ? `${name}-${from(lists.surnames, locale)}` : name;
  }
  function given(locale = anyLocale()): string {
    const name = from(lists.given, locale);
    return random.next() < 0.05 ? coined(name, from(lists.given, locale)) : name;
  }
  const initial = (): string => String.fromCharCode(65 + random.below(26));

  function person(): string {
    const locale = anyLocale();
    const first = given(locale);
    const last = surname(locale);
    const way = random.next();
    if (way < 0.68) return `${first} ${last}`;
    if (way < 0.75) return `${first} ${initial()}. ${last}`;
    if (way < 0.79) return `${first.charAt(0)}. ${last}`;
    if (way < 0.83) return `${first} ${given(locale)} ${last}`;
    if (way < 0.88) return `${first} ${random.pick(PARTICLES)} ${last}`;
    if (way < 0.9) return `${last} ${first}`;
    if (way < 0.92) return `${first} ${last} ${surname(locale)}`;
    if (way < 0.93) return `${first} ${last} ${random.pick(['Jr.', 'Jr', 'III', 'Sr.'])}`;
    return random.next() < 0.6 ? first : last;
  }
  return { person, given: () => given(), surname };
}
