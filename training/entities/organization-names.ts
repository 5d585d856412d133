/** Makes up names of organizations, and takes a few that exist. */
import type { Random } from '../random.ts';
import {
  BEFORE_PLACE,
  BEGINNINGS,
  ENDINGS,
  INSTITUTES,
  LEGAL_FORMS,
  QUALITIES,
  TRADES,
} from './name-parts.ts';
import type { PersonNames } from './person-names.ts';
import type { PlaceNames } from './place-names.ts';
import { ORGANIZATIONS } from './word-lists.ts';

export function createOrganizationNames(
  persons: PersonNames,
  places: PlaceNames,
  random: Random,
): () => string {
  const { surname } = persons;
  const one = (items: readonly string[]): string => random.pick(items);
  return () => {
    const way = random.next();
    if (way < 0.16) return one(ORGANIZATIONS);
    if (way < 0.31) return `${surname()} ${one(LEGAL_FORMS)}`;
    if (way < 0.4) return `${surname()} ${one(TRADES)}`;
    if (way < 0.46) return `${surname()}${one([' & ', ' and ', '-', ' + '])}${surname()}`;
    if (way < 0.49) return `${surname()}, ${surname()} and ${surname()}`;
    if (way < 0.52) return surname();
    if (way < 0.61) return `${places.city()} ${one(INSTITUTES)}`;
    if (way < 0.68) return `${one(BEFORE_PLACE)} ${places.city()}`;
    if (way < 0.74) return `${one(QUALITIES)} ${one(TRADES)}`;
    if (way < 0.78) return `${one(QUALITIES)} ${one(TRADES)} ${one(LEGAL_FORMS)}`;
    if (way < 0.81)
      return `${one(['The ', ''])}${one(QUALITIES)} ${surname()} ${one(['Company', 'Report', 'Project', 'Foundation', 'Group', 'Institute', 'Post'])}`;
    const name = one(BEGINNINGS) + one(ENDINGS);
    return random.next() < 0.6 ? name : `${name} ${one(random.next() < 0.5 ? LEGAL_FORMS : TRADES)}`;
  };
}
