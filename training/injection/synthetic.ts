/** Texts of our own making, from the templates of one split. */
import type { Random } from '../random.ts';
import {
  FRAME_ASKS,
  FRAME_ENDS,
  FRAME_MIDDLES,
  FRAME_OPENINGS,
  FRAME_SLOTS,
  PERSONA_NOTES,
} from './benign/framed-asks.ts';
import { FOREIGN_REQUESTS } from './benign/foreign-requests.ts';
import { BENIGN_SLOTS } from './container-text.ts';
import { contained } from './containers.ts';
import { DIRECT_SLOTS, PERSONA_CLAUSES, SHORT_ATTACKS } from './direct-attacks.ts';
import { ALARMING_SENTENCES, ALARMING_SLOTS, TRIGGER_SENTENCES, TRIGGER_SLOTS } from './everyday.ts';
import {
  ANSWER_COMMANDS,
  ANSWER_DEEDS,
  DEEDS,
  INDIRECT_SLOTS,
  MARKS,
  TOOL_COMMANDS,
} from './indirect-attacks.ts';
import { FOREIGN_ATTACKS } from './foreign-attacks.ts';
import { LANGUAGES } from './languages.ts';
import { LONG_SLOTS, ROLE_CLAUSES } from './long-benign.ts';
import {
  CODE_COMMANDS,
  CODE_SLOT,
  MORE_ANSWER_COMMANDS,
  MORE_MARKS,
  MORE_PERSONA_CLAUSES,
  MORE_SHORT_ATTACKS,
} from './more-attacks.ts';
import { MORE_DEEDS } from './more-deeds.ts';
import { fill, filled, hasSplit, ofSplit, type Split } from './template.ts';

const ALL_SHORT_ATTACKS = [...SHORT_ATTACKS, ...MORE_SHORT_ATTACKS];
const ALL_PERSONA_CLAUSES = [...PERSONA_CLAUSES, ...MORE_PERSONA_CLAUSES];
const ALL_ROLE_CLAUSES = [...ROLE_CLAUSES, ...PERSONA_NOTES];
const ALL_MARKS = [...MARKS, ...MORE_MARKS];
const ALL_DEEDS = [...DEEDS, ...MORE_DEEDS];
const ALL_ANSWER_COMMANDS = [...ANSWER_COMMANDS, ...MORE_ANSWER_COMMANDS];
const SLOTS = { ...TRIGGER_SLOTS, ...ALARMING_SLOTS };

export function triggerTexts(count: number, split: Split, random: Random): readonly string[] {
  const one = filled(count, TRIGGER_SENTENCES, SLOTS, split, random);
  // Two in one turn, and some in other case, as people write.
  return one.map((text, at) => {
    if (at % 4 === 0) return `${text} ${one[random.below(one.length)] ?? ''}`;
    return at % 5 === 0 ? text.toLowerCase() : text;
  });
}

export function alarmingTexts(count: number, split: Split, random: Random): readonly string[] {
  return filled(count, ALARMING_SENTENCES, SLOTS, split, random);
}

export function longBenignTexts(count: number, split: Split, random: Random): readonly string[] {
  const clauses = ofSplit(ALL_ROLE_CLAUSES, split);
  return Array.from({ length: count }, () => {
    const length = 4 + random.below(24);
    const glue = random.pick([' ', ' ', '\n', '\n- ']);
    return Array.from({ length }, () => fill(random.pick(clauses), LONG_SLOTS, random)).join(glue);
  });
}

/** A part to play, a made-up world, rules of the game, and a harmless request. */
export function framedTexts(count: number, split: Split, random: Random): readonly string[] {
  const part = (items: readonly string[], most: number, least = 0): readonly string[] =>
    Array.from({ length: least + random.below(most - least + 1) }, () =>
      fill(random.pick(ofSplit(items, split)), FRAME_SLOTS, random),
    );
  return Array.from({ length: count }, () =>
    [
      ...part(FRAME_OPENINGS, 2, 1),
      ...part(FRAME_MIDDLES, 6),
      ...part(FRAME_ASKS, 2, 1),
      ...part(FRAME_ENDS, 3),
    ].join(random.pick([' ', ' ', '\n', '\n\n'])),
  );
}

export function shortAttacks(count: number, split: Split, random: Random): readonly string[] {
  return filled(count, ALL_SHORT_ATTACKS, DIRECT_SLOTS, split, random);
}

/** Long personas; the same name throughout, a few innocent role clauses among them, as in the wild. */
export function personaAttacks(count: number, split: Split, random: Random): readonly string[] {
  const clauses = ofSplit(ALL_PERSONA_CLAUSES, split);
  const innocent = ofSplit(ALL_ROLE_CLAUSES, split);
  return Array.from({ length: count }, () => {
    const slots = { ...DIRECT_SLOTS, persona: [random.pick(DIRECT_SLOTS['persona'] ?? ['X'])] };
    const length = 6 + random.below(16);
    const glue = random.pick([' ', ' ', '\n', '\n\n']);
    const said = Array.from({ length }, () =>
      random.below(4) === 0
        ? fill(random.pick(innocent), LONG_SLOTS, random)
        : fill(random.pick(clauses), slots, random),
    );
    // The frame of a harmless request, so that the frame says nothing.
    const frames = ofSplit([FRAME_OPENINGS, FRAME_MIDDLES, FRAME_ENDS].flat(), split);
    const framed = Array.from({ length: random.below(4) }, () =>
      fill(random.pick(frames), FRAME_SLOTS, random),
    );
    return [...framed, ...said].join(glue);
  });
}

export function foreignBenign(count: number, split: Split, random: Random): readonly string[] {
  const languages = LANGUAGES.filter(({ benign }) => hasSplit(benign, split));
  return Array.from({ length: count }, () => {
    const { benign, topics } = random.pick(languages);
    const some = ofSplit(benign, split);
    const one = () => fill(random.pick(some), { t: topics }, random);
    return random.below(4) === 0 ? `${one()} ${one()} ${one()}` : one();
  });
}

/** What people ask of one another in other languages. */
export function foreignRequests(count: number, split: Split, random: Random): readonly string[] {
  const some = FOREIGN_REQUESTS.filter(({ sentences }) => hasSplit(sentences, split));
  return Array.from({ length: count }, () => {
    const { days, sentences } = random.pick(some);
    const slots = { d: days, n: BENIGN_SLOTS['name'] ?? [] };
    const own = ofSplit(sentences, split);
    return Array.from({ length: 1 + random.below(4) }, () => fill(random.pick(own), slots, random)).join(' ');
  });
}

export function foreignAttacks(count: number, split: Split, random: Random): readonly string[] {
  const languages = LANGUAGES.filter(({ attacks }) => hasSplit(attacks, split));
  return Array.from({ length: count }, () => {
    const { code, attacks, benign, topics } = random.pick(languages);
    const attack = random.pick(ofSplit([...attacks, ...(FOREIGN_ATTACKS[code] ?? [])], split));
    return random.below(3) === 0 ? `${fill(random.pick(benign), { t: topics }, random)} ${attack}` : attack;
  });
}

export interface Embedded {
  readonly text: string;
  readonly attack: string;
  readonly isMarked: boolean;
}

/** A verb, what it is done to, and for whom, each from its own list: more deeds than anybody would write down. */
function deed(split: Split, random: Random): string {
  const [verbs, things, ends] = random.pick(ALL_DEEDS);
  const part = (items: readonly string[]): string =>
    fill(random.pick(ofSplit(items, split)), INDIRECT_SLOTS, random);
  const text =
    `${part(['{polite}'])} ${part(verbs)} ${part(things)}${part(ends)}${random.pick(['.', '.', '', '!'])}`.trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function demand(split: Split, random: Random): string {
  const parts = random.pick(ANSWER_DEEDS);
  const [verb, thing, end] = parts.map((items) =>
    fill(random.pick(ofSplit(items, split)), INDIRECT_SLOTS, random),
  );
  return `${verb} ${thing}${end}`;
}

function code(split: Split, random: Random): string {
  const slots = { ...INDIRECT_SLOTS, code: ofSplit(CODE_SLOT, split) };
  return fill(random.pick(ofSplit(CODE_COMMANDS, split)), slots, random);
}

function command(of: 'tool' | 'document', split: Split, random: Random): string {
  if (random.below(8) === 0) return code(split, random);
  if (random.below(2) === 0) return of === 'tool' ? deed(split, random) : demand(split, random);
  const commands = ofSplit(of === 'tool' ? TOOL_COMMANDS : ALL_ANSWER_COMMANDS, split);
  const text = fill(random.pick(commands), INDIRECT_SLOTS, random).trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Commands in documents and tools' results; `extra` are such as came from elsewhere. */
export function embeddedAttacks(
  count: number,
  place: 'tool' | 'document',
  split: Split,
  random: Random,
  { extra = [], prose = [] }: { readonly extra?: readonly string[]; readonly prose?: readonly string[] } = {},
): readonly Embedded[] {
  const other = place === 'tool' ? 'document' : 'tool';
  return Array.from({ length: count }, () => {
    const isMarked = random.below(3) === 0;
    const isOther = random.below(6) === 0;
    const plain =
      extra.length > 0 && random.below(2) === 0
        ? random.pick(extra)
        : command(isOther ? other : place, split, random);
    const attack = isMarked
      ? fill(random.pick(ofSplit(ALL_MARKS, split)), { ...INDIRECT_SLOTS, command: [plain] }, random)
      : plain;
    return { text: contained(place, attack, split, random, prose), attack, isMarked };
  });
}

export function benignContainers(
  count: number,
  place: 'tool' | 'document',
  split: Split,
  random: Random,
  prose: readonly string[],
): readonly string[] {
  return Array.from({ length: count }, () => contained(place, null, split, random, prose));
}

/** Each in a container, where a stranger could have written it. */
export function placed(
  texts: readonly string[],
  place: 'tool' | 'document',
  split: Split,
  random: Random,
  prose: readonly string[],
): readonly Embedded[] {
  return texts.map((attack) => ({
    text: contained(place, attack, split, random, prose),
    attack,
    isMarked: false,
  }));
}
