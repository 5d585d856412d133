/** Makes up where people live: places that exist, streets with numbers that need not. */
import type { Random } from '../random.ts';
import type { NameLists } from './name-lists.ts';
import { STREET_WORDS, WAYS } from './name-parts.ts';
import type { PersonNames } from './person-names.ts';

export interface PlaceNames {
  place(): string;
  city(): string;
  country(): string;
  region(): string;
  /** With a number, and in the order of its country. */
  street(): string;
}

export function createPlaceNames(lists: NameLists, persons: PersonNames, random: Random): PlaceNames {
  /** More often one of the large ones. */
  const city = (): string =>
    lists.cities[Math.floor(lists.cities.length * random.next() ** 2)] ?? random.pick(lists.cities);
  const country = (): string => random.pick(lists.countries);
  const region = (): string => random.pick(lists.regions);

  function place(): string {
    const way = random.next();
    if (way < 0.7) return city();
    return way < 0.87 ? country() : region();
  }

  function street(): string {
    const number = 1 + random.below(random.next() < 0.5 ? 99 : 4999);
    const way = random.next();
    if (way < 0.55) return english(number);
    if (way < 0.77)
      return `${random.pick(lists.streets)} ${number}${random.pick(['', '', 'a', 'B', '/3', '-12'])}`;
    if (way < 0.86) return `${number} rue ${random.pick(['de la', 'du', 'de'])} ${persons.surname('fr')}`;
    if (way < 0.94) {
      const name = persons.surname(random.pick(['es', 'it', 'pt_PT', 'pl']));
      return `${random.pick(['Calle', 'Via', 'Avenida', 'Rua', 'ul.', 'Piazza', 'Viale'])} ${name} ${number}`;
    }
    return `${persons.surname('de')}${random.pick(['straße', 'weg', 'gasse', 'platz', 'allee'])} ${number}`;
  }

  function english(number: number): string {
    const name = random.next() < 0.5 ? random.pick(STREET_WORDS) : persons.surname('us_census');
    const line = `${number} ${name} ${random.pick(WAYS)}`;
    return random.next() < 0.85
      ? line
      : `${line}${random.pick([', Apt', ' Apt', ', Suite', ', Unit', ' Suite'])} ${random.below(900)}`;
  }
  return { place, city, country, region, street };
}
