/** Makes up labeled sentences: the sentences with slots beside this file, filled with names that are made up. */
import { readFileSync } from 'node:fs';
import type { EntityKind } from '../../src/scanners/pii/tagger/tags.ts';
import type { Random } from '../random.ts';
import type { EntityText, LabeledEntity } from './entity-text.ts';
import type { NameLists } from './name-lists.ts';
import { createOrganizationNames } from './organization-names.ts';
import { createPersonNames } from './person-names.ts';
import { createPlaceNames } from './place-names.ts';
import { lowered, uppered } from './rewrite.ts';
import { CAPITALIZED_THINGS, GROUPS, LANGUAGES, SORTS, VERBS } from './word-lists.ts';

type Slots = ReadonlyMap<string, readonly [EntityKind | null, () => string]>;

const ROLES = [
  'engineer',
  'nurse',
  'CEO',
  'chief executive',
  'teacher',
  'lawyer',
  'director',
  'accountant',
  'analyst',
  'Head of Marketing',
  'Sales Manager',
  'CFO',
  'chairman',
  'spokeswoman',
  'painter',
  'footballer',
  'novelist',
  'physicist',
  'Senior Developer',
  'vice president',
  'consultant',
  'founder',
  'politician',
  'singer',
  'Project Manager',
  'driver',
  'pharmacist',
  'HR Business Partner',
];
const TITLES = [
  'Mr',
  'Mr.',
  'Mrs',
  'Mrs.',
  'Ms',
  'Ms.',
  'Miss',
  'Dr',
  'Dr.',
  'Prof.',
  'Sir',
  'Herr',
  'Frau',
  'Señor',
  'Señora',
  'Madame',
  'Monsieur',
  'Signora',
  'Mevrouw',
];
const THINGS = [
  'report',
  'budget',
  'contract',
  'parking',
  'invoice',
  'party',
  'project',
  'game',
  'presentation',
  'launch',
  'laptop',
  'audit',
  'new bridge',
  'claim',
  'concert',
  'roadmap',
];
const DAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
  'monday',
  'friday',
];
const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** Every tenth sentence is kept apart, to measure on what the model was not taught. */
const KEPT_APART = 10;

/** `count` texts, about a quarter of them without entities; of the sentences that are kept apart, or of the others. */
export function synthesize(
  lists: NameLists,
  random: Random,
  count: number,
  isDevelopment: boolean,
): readonly EntityText[] {
  const withNames = sentencesOf('sentences', isDevelopment);
  const without = sentencesOf('sentences-without-names', isDevelopment);
  const slots = slotsOf(lists, random);
  return Array.from({ length: count }, () => {
    const template = random.next() < 0.75 ? random.pick(withNames) : random.pick(without);
    return recased(filled(template, slots), random);
  });
}

function sentencesOf(name: string, isDevelopment: boolean): readonly string[] {
  const text = readFileSync(new URL(`${name}.txt`, import.meta.url), 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('# S'))
    .filter((_, index) => (index % KEPT_APART === KEPT_APART - 1) === isDevelopment)
    .map((line) => line.replaceAll('\\n', '\n'));
}

function slotsOf(lists: NameLists, random: Random): Slots {
  const persons = createPersonNames(lists, random);
  const places = createPlaceNames(lists, persons, random);
  const number = (): string => String(random.below(random.next() < 0.5 ? 60 : 9000));
  const digits = (count: number): string => Array.from({ length: count }, () => random.below(10)).join('');
  const letters = (count: number, first: number): string =>
    Array.from({ length: count }, () => String.fromCharCode(first + random.below(26))).join('');
  const identifier = (): string => {
    const word = (): string => random.pick(VERBS);
    const name =
      word() +
      random.pick(['Handler', 'Service', 'Value', 'List', 'Count', 'Item', 'URI', 'Request', 'Map', word()]);
    return random.next() < 0.5 ? name : name.charAt(0).toLowerCase() + name.slice(1);
  };
  const model = (): string =>
    random.pick([
      'gpt',
      'claude',
      'gemini',
      'mistral',
      'llama',
      'openai',
      'anthropic',
      'qwen',
      'deepseek',
      'titan',
      'nova',
      'phi',
    ]) +
    random.pick(['-', '.', '/', ':', '-']) +
    random.pick(['large', 'mini', 'sonnet', 'echo', 'pro', 'turbo', 'flash', 'instruct', 'haiku', 'latest']) +
    random.pick(['', '-4', '-3.5', ':8b', '-20250101', '-v2']);
  const year = (): string => String(1920 + random.below(110));
  const date = (): string =>
    random.pick([
      `${1 + random.below(28)} ${random.pick(MONTHS)} ${year()}`,
      `${random.pick(MONTHS)} ${1 + random.below(28)}, ${year()}`,
      `${year()}-0${1 + random.below(9)}-1${random.below(10)}`,
      `${1 + random.below(12)}/${1 + random.below(28)}/${year()}`,
      `${1 + random.below(28)}.${1 + random.below(12)}.${year()}`,
    ]);
  const handle = (): string =>
    `${persons.given().replaceAll(/[^A-Za-z]/g, '')}${random.pick(['', '_', 'xo', '99', 'Official'])}`;
  const domain = (): string =>
    `${random.pick(['example', 'mail', 'post', 'corp'])}.${random.pick(['com', 'org', 'net', 'de'])}`;
  return new Map([
    ['person', ['PERSON', persons.person]],
    ['given', ['PERSON', persons.given]],
    ['surname', ['PERSON', () => persons.surname()]],
    ['place', ['LOCATION', places.place]],
    ['city', ['LOCATION', places.city]],
    ['country', ['LOCATION', places.country]],
    ['region', ['LOCATION', places.region]],
    ['street', ['LOCATION', places.street]],
    ['organization', ['ORGANIZATION', createOrganizationNames(persons, places, random)]],
    ['group', ['NRP', () => random.pick(GROUPS)]],
    ['title', [null, () => random.pick(TITLES)]],
    ['role', [null, () => random.pick(ROLES)]],
    ['thing', [null, () => random.pick(THINGS)]],
    ['thing2', [null, () => random.pick(CAPITALIZED_THINGS)]],
    ['language', [null, () => random.pick(LANGUAGES)]],
    ['sort', [null, () => random.pick(SORTS)]],
    ['model', [null, model]],
    ['verb', [null, () => random.pick(VERBS)]],
    ['acronym', [null, () => letters(2 + random.below(4), 65)]],
    ['code', [null, identifier]],
    ['day', [null, () => random.pick(DAYS)]],
    ['month', [null, () => random.pick(MONTHS)]],
    ['d', [null, number]],
    ['number', [null, () => digits(9)]],
    ['zip', [null, () => digits(5)]],
    ['phone', [null, () => `${random.pick(['+49 ', '', '(0', '+1-'])}${digits(3)}-${digits(4)}`]],
    ['date', [null, date]],
    ['year', [null, year]],
    ['initial', [null, () => `${String.fromCharCode(65 + random.below(26))}.`]],
    ['handle', [null, handle]],
    ['mail', [null, () => `${handle().toLowerCase()}@${domain()}`]],
    ['url', [null, () => `https://${domain()}/${digits(4)}`]],
  ]);
}

function filled(template: string, slots: Slots): EntityText {
  const entities: LabeledEntity[] = [];
  let text = '';
  for (const piece of template.split(/(\{[a-z]\w*\})/)) {
    const slot = piece.startsWith('{') ? slots.get(piece.slice(1, -1)) : undefined;
    const [kind = null, make = null] = slot ?? [];
    const value = make ? make() : piece;
    if (kind) entities.push({ start: text.length, end: text.length + value.length, kind });
    text += value;
  }
  return { text, entities };
}

function recased(labeled: EntityText, random: Random): EntityText {
  const way = random.next();
  if (way < 0.13) return lowered(labeled);
  return way < 0.17 ? uppered(labeled) : labeled;
}
