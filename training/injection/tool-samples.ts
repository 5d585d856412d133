/** What the model of tools' results learns: single sentences, with a request in them or without. */
import { endsOfSentences } from '../../src/scanners/prompt-injection/speaking.ts';
import type { Sample } from '../linear/train-linear.ts';
import type { Random } from '../random.ts';
import {
  everything,
  foreignMarks,
  foreignTalk,
  reportedActs,
  requestedActs,
  type Choice,
} from './acts/compose.ts';
import { embeddedCrops, normalized } from './crops.ts';
import { proseOf, randomFor, some, type Data } from './data.ts';
import { grammarTexts } from './grammar/compose-grammar.ts';
import {
  benignContainers,
  embeddedAttacks,
  foreignAttacks,
  foreignRequests,
  placed,
  shortAttacks,
  type Embedded,
} from './synthetic.ts';

/** The longest that is scored at once. */
const MAX_SENTENCE = 300;
/** Of one benign text: a long one would outweigh the others. */
const MOST_SENTENCES = 8;

export function toolSamples(
  data: Data,
  size: number,
  choice: Choice = everything('train'),
): readonly Sample[] {
  const random = randomFor('tool');
  const texts = [
    ...attacksIn(data, size, choice, random).flatMap(({ text, attack }) => embeddedCrops(text, attack, 0.7)),
    ...benignIn(data, size, choice, random).flatMap((text) => benignSentences(text, random)),
  ];
  return texts.filter(({ text }) => text.length <= MAX_SENTENCE);
}

function attacksIn(data: Data, size: number, choice: Choice, random: Random): readonly Embedded[] {
  const count = (share: number): number => Math.ceil(size * share);
  const prose = proseOf(data);
  const overrides = shortAttacks(count(0.3), 'train', random);
  const foreign = foreignAttacks(count(0.2), 'train', random);
  const acts = requestedActs(count(2), choice, random);
  const marked = [
    ...grammarTexts('marked', count(0.7), 'train', random),
    ...grammarTexts('marked in many ways', count(1.3), 'train', random),
    ...foreignMarks(count(0.5), 'train', random),
  ];
  const plain = grammarTexts('plain', count(0.7), 'train', random);
  return [
    ...embeddedAttacks(count(1.5), 'tool', 'train', random, { prose }),
    ...embeddedAttacks(count(0.4), 'document', 'train', random, { prose }),
    ...embeddedAttacks(count(0.4), 'tool', 'train', random, { prose, extra: overrides }),
    ...embeddedAttacks(count(0.2), 'tool', 'train', random, { prose, extra: foreign }),
    ...placed(acts.slice(count(1)), 'tool', 'train', random, prose),
    ...placed([...marked, ...plain], 'tool', 'train', random, prose),
    ...[...acts, ...marked, ...plain].map((attack) => ({ text: attack, attack, isMarked: false })),
  ];
}

function benignIn(data: Data, size: number, choice: Choice, random: Random): readonly string[] {
  const count = (share: number): number => Math.ceil(size * share);
  const prose = proseOf(data);
  const facts = reportedActs(count(2), choice, random);
  const twins = [
    ...grammarTexts('between people', count(0.7), 'train', random),
    ...grammarTexts('twin of a mark', count(0.7), 'train', random),
    ...grammarTexts('about models', count(1.5), 'train', random),
    ...foreignTalk(count(0.5), 'train', random),
  ];
  return [
    ...[...data.passages.values()].flatMap((texts) => some(texts, count(0.5), random)),
    ...benignContainers(count(1.6), 'tool', 'train', random, prose),
    ...benignContainers(count(0.8), 'document', 'train', random, prose),
    ...placed([...twins, ...facts.slice(count(1))], 'tool', 'train', random, prose).map(({ text }) => text),
    ...facts,
    ...twins,
    ...foreignRequests(count(0.3), 'train', random),
  ];
}

function benignSentences(text: string, random: Random): readonly Sample[] {
  const cut = text.slice(0, 8_000);
  const ends = endsOfSentences(cut, 0, true);
  const sentences = ends.map((end, at) => cut.slice(ends[at - 1] ?? 0, end));
  return random
    .shuffled(sentences)
    .slice(0, MOST_SENTENCES)
    .map((sentence) => ({ text: normalized(sentence), isPositive: false, weight: 1 }))
    .filter((sample) => sample.text.trim().length >= 3);
}
