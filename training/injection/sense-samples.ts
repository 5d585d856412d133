/** What the senses of a sentence are learned from: sentences that speak to a model, ask for an act, or neither. */
import { rolesOf, VERBS_ASKED_FOR } from '../../src/scanners/prompt-injection/roles/roles.ts';
import type { Sense } from '../../src/scanners/prompt-injection/roles/sense-model.ts';
import { sensible } from '../../src/scanners/prompt-injection/roles/senses.ts';
import { endsOfSentences } from '../../src/scanners/prompt-injection/speaking.ts';
import type { Random } from '../random.ts';
import { everything, reportedActs, requestedActs } from './acts/compose.ts';
import { authoredTexts } from './authored.ts';
import { normalized } from './crops.ts';
import { proseOf, randomFor, some, type Data } from './data.ts';
import { grammarTexts } from './grammar/compose-grammar.ts';
import {
  benignContainers,
  embeddedAttacks,
  foreignRequests,
  placed,
  shortAttacks,
  type Embedded,
} from './synthetic.ts';

export interface SenseSample {
  readonly features: Int32Array;
  /** What its author meant it for; null for nothing of the sort. What is addressed is requested too. */
  readonly meant: Sense | null;
  readonly weight: number;
  /** The same for all sentences of an attack; null for what is none. */
  readonly attack: object | null;
}

/** Of one benign text: a long one would outweigh the others. */
const MOST_SENTENCES = 8;
/** Tables and code have the sentences that look most like orders and are none. */
const MOST_OF_TABLES = 40;
const MOST_CHARACTERS = 8_000;
const MOST_ROWS = 3_000;
/** Authored texts of a kind at most, against what is composed of one. */
const MOST_AUTHORED = 10;
/** What somebody wrote counts for more than what was composed of lists. */
const AUTHORED = 2;

export function senseSamples(data: Data, size: number): readonly SenseSample[] {
  const random = randomFor('senses');
  return [...meantSamples(data, size, random), ...otherSamples(data, size, random)];
}

function meantSamples(data: Data, size: number, random: Random): readonly SenseSample[] {
  const prose = proseOf(data);
  const count = (share: number): number => Math.ceil(size * share);
  const inPlaces = (texts: readonly string[]): readonly Embedded[] =>
    placed(texts, 'tool', 'train', random, prose);
  const embedded = embeddedAttacks(count(1), 'tool', 'train', random, { prose });
  const answers = embeddedAttacks(count(0.3), 'document', 'train', random, { prose });
  const overrides = shortAttacks(count(0.3), 'train', random);
  const acts = inPlaces(requestedActs(count(1), everything('train'), random));
  const marked = grammarTexts('marked', count(1.5), 'train', random);
  const kinds = grammarTexts('marked in many ways', count(3), 'train', random);
  const plain = grammarTexts('plain', count(1.5), 'train', random);
  const spoken = inPlaces((data.prompts.get('ben_clinc150') ?? []).filter(isAsking));
  return [
    ...embedded.flatMap((each) => within(each, each.isMarked ? 'addressed' : 'requested', 0.7)),
    ...answers.filter(({ isMarked }) => isMarked).flatMap((each) => within(each, 'addressed', 0.7)),
    ...overrides.flatMap((text) => within({ text, attack: text }, 'addressed', 0.7)),
    ...acts.flatMap((each) => within(each, 'requested', 0.7)),
    ...inPlaces(marked).flatMap((each) => within(each, 'addressed', 1)),
    ...marked.slice(0, count(0.5)).flatMap((text) => within({ text, attack: text }, 'addressed', 1)),
    ...inPlaces(kinds).flatMap((each) => within(each, 'addressed', 1)),
    ...kinds.slice(0, count(1)).flatMap((text) => within({ text, attack: text }, 'addressed', 1)),
    ...inPlaces(plain).flatMap((each) => within(each, 'requested', 1)),
    ...plain.slice(0, count(0.5)).flatMap((text) => within({ text, attack: text }, 'requested', 1)),
    ...spoken.flatMap((each) => within(each, 'requested', 0.7)),
    ...authoredTexts('marked', count(MOST_AUTHORED), 'train', random).flatMap((each) =>
      within(each, 'addressed', AUTHORED),
    ),
    ...authoredTexts('unmarked', count(MOST_AUTHORED), 'train', random).flatMap((each) =>
      within(each, 'requested', AUTHORED),
    ),
  ];
}

function otherSamples(data: Data, size: number, random: Random): readonly SenseSample[] {
  const prose = proseOf(data);
  const count = (share: number): number => Math.ceil(size * share);
  const inPlaces = (texts: readonly string[]): readonly string[] =>
    placed(texts, 'tool', 'train', random, prose).map(({ text }) => text);
  const facts = reportedActs(count(1.5), everything('train'), random);
  const twins = (['between people', 'twin of a mark', 'about models'] as const).flatMap((of) => {
    const texts = grammarTexts(of, count(of === 'about models' ? 4 : 2), 'train', random);
    const pairs = texts.slice(0, count(0.5)).map((text, at) => `${text} ${texts[at + 1] ?? ''}`);
    return [...inPlaces(texts.slice(count(0.5))), ...texts.slice(0, count(0.5)), ...pairs];
  });
  const passages = [...data.passages].flatMap(([name, texts]) => {
    const most = name === 'ben_bipia_train_contexts' ? MOST_OF_TABLES : MOST_SENTENCES;
    return some(texts, MOST_ROWS, random).flatMap((text) => benignSentences(text, most, random));
  });
  const texts = [
    ...benignContainers(count(1.5), 'tool', 'train', random, prose),
    ...benignContainers(count(0.8), 'document', 'train', random, prose),
    ...inPlaces(facts.slice(0, count(1))),
    ...facts.slice(count(1)),
    ...foreignRequests(count(0.3), 'train', random),
    ...twins,
  ];
  const lines = authoredTexts('benign', count(MOST_AUTHORED), 'train', random).map(({ text }) => text);
  return [
    ...passages,
    ...texts.flatMap((text) => benignSentences(text, MOST_SENTENCES, random)),
    ...lines.flatMap((text) => benignSentences(text, MOST_SENTENCES, random, AUTHORED)),
  ];
}

function isAsking(text: string): boolean {
  return rolesOf(text.toLowerCase().slice(0, 200)).some((roles) =>
    roles.some((role) => VERBS_ASKED_FOR.has(role)),
  );
}

function sampleOf(
  text: string,
  start: number,
  end: number,
  meant: SenseSample['meant'],
  weight: number,
  attack: object | null,
): SenseSample {
  return { features: sensible(text, start, end), meant, weight, attack };
}

/** The sentences that hold what was meant; all of it where it stands nowhere in the text as it reads. */
function within(
  { text, attack }: Pick<Embedded, 'text' | 'attack'>,
  meant: Sense,
  weight: number,
): readonly SenseSample[] {
  const read = normalized(text);
  const sought = normalized(attack);
  const from = read.indexOf(sought);
  if (from < 0) return read === sought ? [] : within({ text: attack, attack }, meant, weight);
  const to = from + sought.length;
  let start = 0;
  const whole = {};
  return endsOfSentences(read, 0, true).flatMap((end) => {
    const begin = start;
    start = end;
    const shared = Math.min(end, to) - Math.max(begin, from);
    const isOfIt = shared >= 20 || shared >= sought.length * 0.8;
    return isOfIt ? [sampleOf(read, begin, end, meant, weight, whole)] : [];
  });
}

function benignSentences(text: string, most: number, random: Random, weight = 1): readonly SenseSample[] {
  const read = normalized(text.slice(0, MOST_CHARACTERS));
  const ends = endsOfSentences(read, 0, true);
  const spans = ends.map((end, at) => ({ start: ends[at - 1] ?? 0, end }));
  return random
    .shuffled(spans)
    .slice(0, most)
    .filter(({ start, end }) => end - start >= 3)
    .map(({ start, end }) => sampleOf(read, start, end, null, weight, null));
}
