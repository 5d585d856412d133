/** Sentences of documents and tools' results, of one split: one sort and mostly one language to a text, as people write. */
import type { Random } from '../../random.ts';
import { BENIGN_SLOTS, HUMAN_SENTENCES } from '../container-text.ts';
import { fill, hasSplit, ofSplit, type Split } from '../template.ts';
import { DOCUMENT_SENTENCES } from './document-sentences.ts';
import { FOREIGN_REQUESTS } from './foreign-requests.ts';
import { HUMAN_REQUESTS } from './human-requests.ts';
import { MORE_SENTENCES } from './more-sentences.ts';

/** Of ten sentences: of the text's own sort, and requests. A tool's result is rarely about what somebody shall do. */
const SHARES = { tool: { own: 3, request: 0.5 }, document: { own: 4, request: 1.5 } } as const;

/** What gives one sentence after another for a single text. */
export function benignSentences(place: 'tool' | 'document', split: Split, random: Random): () => string {
  const shares = SHARES[place];
  const isForeign = random.below(8) === 0;
  const own = isForeign ? foreign(split, random) : sorted(split, random);
  const everyday = ofSplit(HUMAN_SENTENCES, split);
  return () => {
    const draw = 10 * random.next();
    if (draw < shares.own) return own();
    if (draw < shares.own + shares.request) return request(split, random);
    return isForeign ? own() : fill(random.pick(everyday), BENIGN_SLOTS, random);
  };
}

const SORTS = [...Object.values(DOCUMENT_SENTENCES), ...Object.values(MORE_SENTENCES)];

function sorted(split: Split, random: Random): () => string {
  const sentences = ofSplit(random.pick(SORTS), split);
  return () => fill(random.pick(sentences), BENIGN_SLOTS, random);
}

function foreign(split: Split, random: Random): () => string {
  const { days, sentences } = random.pick(
    FOREIGN_REQUESTS.filter(({ sentences: all }) => hasSplit(all, split)),
  );
  const slots = { d: days, n: BENIGN_SLOTS['name'] ?? [] };
  const some = ofSplit(sentences, split);
  return () => fill(random.pick(some), slots, random);
}

function request(split: Split, random: Random): string {
  const [openings, deeds, ends] = random.pick(HUMAN_REQUESTS);
  const part = (items: readonly string[]): string =>
    fill(random.pick(ofSplit(items, split)), BENIGN_SLOTS, random);
  const opening = part(openings);
  const deed = part(deeds);
  const text = `${opening} ${deed}${part(ends)}`;
  return random.below(4) === 0 ? `${deed.charAt(0).toUpperCase()}${deed.slice(1)}${part(ends)}` : text;
}
