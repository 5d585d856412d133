/** Makes up names of persons, places and organizations for sentences that are made up. */
import type { Random } from '../random.ts';
import type { NameLists } from './name-lists.ts';
import { GROUPS, ORGANIZATIONS } from './word-lists.ts';

export interface NameMaker {
  person(): string;
  given(): string;
  surname(): string;
  place(): string;
  city(): string;
  country(): string;
  street(): string;
  organization(): string;
  group(): string;
}

const LEGAL_FORMS = [
  'Inc',
  'Inc.',
  'Corp.',
  'Ltd',
  'Ltd.',
  'LLC',
  'GmbH',
  'AG',
  'S.A.',
  'SA',
  'BV',
  'PLC',
  'Co.',
  'S.r.l.',
  'Group',
  'Holdings',
  'Pty Ltd',
  'GmbH & Co. KG',
  'AB',
  'Oy',
  'S.L.',
  'SAS',
  'Sp. z o.o.',
  'and Sons',
  '& Co',
  'Corporation',
  'Limited',
  'LLP',
];
const TRADES = [
  'Consulting',
  'Logistics',
  'Capital',
  'Partners',
  'Technologies',
  'Systems',
  'Software',
  'Labs',
  'Insurance',
  'Bank',
  'Foods',
  'Energy',
  'Pharma',
  'Media',
  'Motors',
  'Airlines',
  'Industries',
  'Solutions',
  'Ventures',
  'Analytics',
  'Robotics',
  'Health',
  'Realty',
  'Construction',
  'Electronics',
  'Textiles',
  'Shipping',
  'Telecom',
  'Security',
  'Design',
  'Bakery',
  'Architects',
  'Law',
  'Dental',
  'Plumbing',
  'Records',
];
const INSTITUTES = [
  'University',
  'General Hospital',
  'Medical Center',
  'Community College',
  'High School',
  'City Council',
  'Police Department',
  'Public Library',
  'Savings Bank',
  'Art Museum',
  'Chamber of Commerce',
  'Football Club',
  'Airport Authority',
  "Children's Hospital",
  'Institute of Technology',
  'Credit Union',
  'Symphony Orchestra',
  'School District',
];
const BEFORE_PLACE = [
  'University of',
  'Bank of',
  'Universität',
  'Université de',
  'Universidad de',
  'Universiteit',
  'Stadtwerke',
  'Sparkasse',
  'Hospital de',
  'City of',
  'Port of',
  'Ministry of Health of',
  'Politecnico di',
  'FC',
  'Klinikum',
  'Museum of',
  'Bishop of',
];
const QUALITIES = [
  'Blue',
  'Green',
  'Bright',
  'Golden',
  'Silver',
  'Northern',
  'Pacific',
  'Atlantic',
  'Global',
  'United',
  'First',
  'Royal',
  'National',
  'Summit',
  'Pioneer',
  'Evergreen',
  'Quantum',
  'Apex',
  'Liberty',
  'Sunrise',
  'Harbor',
  'Cedar',
  'Redwood',
  'Iron',
  'Crystal',
  'Open',
  'Smart',
  'Prime',
  'Central',
  'Alpine',
];
const BEGINNINGS = [
  'Nova',
  'Zen',
  'Tri',
  'Syn',
  'Alti',
  'Veri',
  'Cal',
  'Lumi',
  'Opti',
  'Hex',
  'Med',
  'Bio',
  'Agro',
  'Fin',
  'Data',
  'Cyber',
  'Net',
  'Inno',
  'Ecto',
  'Vita',
  'Quor',
  'Xyl',
  'Pro',
  'Ver',
  'Del',
  'Ama',
  'Kor',
  'Tel',
];
const ENDINGS = [
  'tek',
  'trix',
  'via',
  'ra',
  'dyne',
  'corp',
  'soft',
  'max',
  'gen',
  'nix',
  'sys',
  'ware',
  'lux',
  'ta',
  'com',
  'vance',
  'ity',
  'ium',
  'on',
  'is',
  'ply',
  'ly',
  'ify',
  'mark',
  'cast',
  'bank',
  'Works',
  'Point',
];
const HOUSES = ['', '', 'a', 'B', '/3', '-12'];
const WAYS_EN = [
  'Street',
  'St',
  'St.',
  'Road',
  'Rd',
  'Avenue',
  'Ave',
  'Ave.',
  'Lane',
  'Drive',
  'Blvd',
  'Court',
  'Place',
  'Way',
  'Close',
  'Terrace',
  'Crescent',
  'Square',
];
const TREES = [
  'Oak',
  'Maple',
  'Elm',
  'Pine',
  'Cedar',
  'Main',
  'High',
  'Church',
  'Station',
  'Park',
  'Mill',
  'Lake',
  'River',
  'Hill',
  'King',
  'Queen',
  'Victoria',
  'Washington',
  'Lincoln',
  '5th',
  '2nd',
  '42nd',
  'North',
  'West',
  'Sunset',
  'Birch',
  'Rose',
  'Chestnut',
  'Spring',
  'Orchard',
];

export function createNameMaker(lists: NameLists, random: Random): NameMaker {
  const locales = [...lists.surnames.keys()].filter(
    (locale) => lists.given.has(locale) && locale !== 'us_census',
  );
  const namesOf = (all: ReadonlyMap<string, readonly string[]>, locale: string): readonly string[] =>
    all.get(locale) ?? [];
  const locale = (): string => (random.next() < 0.35 ? 'us_census' : random.pick(locales));
  /** More often one of the frequent. */
  const early = (names: readonly string[]): string =>
    names[Math.floor(names.length * random.next() ** 2)] ?? random.pick(names);

  function surnameOf(place: string): string {
    const name =
      place === 'us_census'
        ? early(namesOf(lists.surnames, place))
        : random.pick(namesOf(lists.surnames, place));
    if (random.next() < 0.08) return coined(name, random.pick(namesOf(lists.surnames, place)));
    return random.next() < 0.04 ? `${name}-${random.pick(namesOf(lists.surnames, place))}` : name;
  }
  function givenOf(place: string): string {
    const name = random.pick(namesOf(lists.given, place));
    return random.next() < 0.05 ? coined(name, random.pick(namesOf(lists.given, place))) : name;
  }
  const coined = (a: string, b: string): string =>
    a.slice(0, 2 + random.below(3)) + b.slice(Math.max(1, b.length - 2 - random.below(3))).toLowerCase();

  function person(): string {
    const from = locale();
    const first = givenOf(from);
    const last = surnameOf(from);
    const way = random.next();
    if (way < 0.68) return `${first} ${last}`;
    if (way < 0.75) return `${first} ${String.fromCharCode(65 + random.below(26))}. ${last}`;
    if (way < 0.79) return `${first.charAt(0)}. ${last}`;
    if (way < 0.83) return `${first} ${givenOf(from)} ${last}`;
    if (way < 0.86) return `${last}, ${first}`;
    if (way < 0.89)
      return `${first} ${random.pick(['van', 'de', 'von', 'van der', 'da', 'el', 'bin', 'della', 'dos', 'di'])} ${last}`;
    if (way < 0.92) return `${last} ${first}`;
    if (way < 0.94) return `${first} ${last} ${surnameOf(from)}`;
    return random.next() < 0.7 ? first : last;
  }
  const place = (): string => {
    const way = random.next();
    if (way < 0.7) return early(lists.cities);
    return way < 0.87 ? random.pick(lists.countries) : random.pick(lists.regions);
  };
  function street(): string {
    const number = 1 + random.below(random.next() < 0.5 ? 99 : 4999);
    const way = random.next();
    if (way < 0.5) {
      const name = random.next() < 0.5 ? random.pick(TREES) : surnameOf('us_census');
      return `${number} ${name} ${random.pick(WAYS_EN)}`;
    }
    if (way < 0.75) return `${random.pick(lists.streets)} ${number}${random.pick(HOUSES)}`;
    if (way < 0.85) return `${number} rue ${random.pick(['de la', 'du', 'de'])} ${surnameOf('fr')}`;
    if (way < 0.93)
      return `${random.pick(['Calle', 'Via', 'Avenida', 'Rua', 'ul.', 'Piazza', 'Viale'])} ${surnameOf(random.pick(['es', 'it', 'pt_PT', 'pl']))} ${number}`;
    return `${surnameOf('de')}${random.pick(['straße', 'weg', 'gasse', 'platz', 'allee'])} ${number}`;
  }
  function organization(): string {
    const way = random.next();
    if (way < 0.16) return random.pick(ORGANIZATIONS);
    if (way < 0.34) return `${surnameOf(locale())} ${random.pick(LEGAL_FORMS)}`;
    if (way < 0.44) return `${surnameOf(locale())} ${random.pick(TRADES)}`;
    if (way < 0.5)
      return `${surnameOf(locale())}${random.pick([' & ', ' and ', '-', ' + '])}${surnameOf(locale())}`;
    if (way < 0.55) return `${surnameOf(locale())}, ${surnameOf(locale())} and ${surnameOf(locale())}`;
    if (way < 0.65) return `${early(lists.cities)} ${random.pick(INSTITUTES)}`;
    if (way < 0.72) return `${random.pick(BEFORE_PLACE)} ${early(lists.cities)}`;
    if (way < 0.82)
      return `${random.pick(QUALITIES)} ${random.pick(TRADES)}${random.next() < 0.4 ? ` ${random.pick(LEGAL_FORMS)}` : ''}`;
    const name = random.pick(BEGINNINGS) + random.pick(ENDINGS);
    return random.next() < 0.5 ? name : `${name} ${random.pick(random.next() < 0.5 ? LEGAL_FORMS : TRADES)}`;
  }
  return {
    person,
    given: () => givenOf(locale()),
    surname: () => surnameOf(locale()),
    place,
    city: () => early(lists.cities),
    country: () => random.pick(lists.countries),
    street,
    organization,
    group: () => random.pick(GROUPS),
  };
}
