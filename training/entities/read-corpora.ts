/** Reads the corpora of named entities and gives their types our names. */
import type { EntityKind } from '../../src/scanners/pii/tagger/tags.ts';
import { isHeldOut } from '../held-out.ts';
import { readRows, type Row } from '../read-rows.ts';
import type { EntityText, LabeledEntity } from './entity-text.ts';

const KINDS = new Map<string, EntityKind>([
  ['PERSON', 'PERSON'],
  ['LOCATION', 'LOCATION'],
  ['STREET_ADDRESS', 'LOCATION'],
  ['ORGANIZATION', 'ORGANIZATION'],
  // Bands and teams, which other corpora call organizations.
  ['GROUP', 'ORGANIZATION'],
]);
/** Parties of a contract, which one corpus calls persons and organizations. */
const ROLES =
  /^(?:the )?(?:borrowers?|lenders?|banks?|executives?|employees?|companys?|tenants?|landlords?|agents?|trustees?|guarantors?|holders?|buyers?|sellers?|parent|parties|party|consultant|director|licensee|licensor|corporation)$/i;
/** Some corpora take it for part of a name, some do not. */
const FORM_OF_ADDRESS = /^(?:mr|mrs|ms|miss|dr|prof|sir|rev|herr|frau|mme)\b ?\.? ?(?=\S)/i;

export interface Corpus {
  readonly train: readonly EntityText[];
  readonly development: readonly EntityText[];
}

/** Every fifth text, by a hash of it, is for development. */
export function readCorpus(folder: string, name: string): Corpus {
  const train: EntityText[] = [];
  const development: EntityText[] = [];
  for (const row of readRows(folder, name)) (isHeldOut(row.text) ? development : train).push(labeled(row));
  return { train, development };
}

function labeled({ text, spans }: Row): EntityText {
  const entities = spans.flatMap(({ start, end, type }): readonly LabeledEntity[] => {
    const kind = KINDS.get(type);
    const span = text.slice(start, end);
    // What a mention stands for is not told: neither the sign nor the handle is a name.
    const isMention = span.startsWith('@') || text.slice(0, start).trimEnd().endsWith('@');
    const address = kind === 'PERSON' ? (FORM_OF_ADDRESS.exec(span)?.[0].length ?? 0) : 0;
    return kind && !isMention && !ROLES.test(span) ? [{ start: start + address, end, kind }] : [];
  });
  return { text, entities: entities.sort((a, b) => a.start - b.start) };
}
