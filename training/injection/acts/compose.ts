/** Composes requests for acts, and their benign twins: the same acts as data, facts, questions and instructions for use. */
import type { Random } from '../../random.ts';
import { ofSplit, splitOf, type Split } from '../template.ts';
import { FIELDS } from './fields.ts';
import { FOREIGN_ACTS, type ForeignActs } from './foreign-acts.ts';
import { FOREIGN_MARKS } from './foreign-marks.ts';
import { withParticulars } from './particulars.ts';
import { AFTER, BEFORE, FACTS, VOICES } from './voices.ts';

/** What is left out of what is composed, to see how far the rest carries. */
export interface Choice {
  readonly split: Split;
  readonly fields: readonly string[];
  readonly voices: readonly string[];
}

/** Every field, and the templates of one split. */
export function everything(split: Split): Choice {
  return { split, fields: Object.keys(FIELDS), voices: ofSplit(VOICES, split) };
}

interface Composed {
  readonly verb: string;
  readonly past: string;
  readonly thing: string;
  readonly end: string;
}

const partsOf = (list: string): readonly string[] => list.split('|');

function composed({ split, fields }: Choice, random: Random): Composed {
  const acts = FIELDS[random.pick(fields)] ?? [];
  const part = (list: string): string => random.pick(ofSplit(partsOf(list), split));
  const [verbs, things, ends] = random.pick(acts);
  const [verb = '', past] = part(verbs).split('/');
  return { verb, past: past ?? pastOf(verb), thing: part(things), end: part(ends) };
}

/** Of a regular verb, the first word of which is what changes. */
function pastOf(verb: string): string {
  const [first = '', ...rest] = verb.split(' ');
  if (first.endsWith('e')) return [`${first}d`, ...rest].join(' ');
  const isAfterConsonant = /[^aeiou]y$/.test(first);
  return [isAfterConsonant ? `${first.slice(0, -1)}ied` : `${first}ed`, ...rest].join(' ');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** As people type: with and without a full stop, seldom in small letters only. */
function typed(text: string, random: Random): string {
  const shown = /[?!.:。？]$/.test(text) ? text : `${text}${random.pick(['.', '.', '.', '', '!'])}`;
  switch (random.below(12)) {
    case 0:
      return shown.toLowerCase();
    case 1:
      return shown;
    default:
      return capital(shown);
  }
}

/** A request for an act in a user's name, of whoever reads the result. */
function requestedAct(choice: Choice, random: Random): string {
  if (random.below(4) === 0) return foreignRequest(choice.split, random);
  const { verb, thing, end } = composed(choice, random);
  const more = random.below(7) === 0 ? composed(choice, random) : null;
  const act = more
    ? `${verb} ${thing}${end} and ${more.verb} ${more.thing}${more.end}`
    : `${verb} ${thing}${end}`;
  const said = typed(withParticulars(random.pick(choice.voices).replace('{act}', act), random), random);
  const before = random.below(5) === 0 ? `${random.pick(ofSplit(BEFORE, choice.split))} ` : '';
  const after = random.below(5) === 0 ? ` ${random.pick(ofSplit(AFTER, choice.split))}` : '';
  return `${before}${said}${after}`;
}

/** The same act, which nobody asks for. */
function reportedAct(choice: Choice, random: Random): string {
  if (random.below(4) === 0) return foreignFact(choice.split, random);
  const { verb, past, thing, end } = composed(choice, random);
  // What a report calls mine is its writer's; most say whose else.
  const owned = (text: string): string =>
    text.replaceAll('{my}', random.pick(['your', 'his', 'her', 'the', 'their', 'my']));
  const template = random.pick(ofSplit(FACTS, choice.split));
  const slots: Readonly<Record<string, string>> = { verb, past, thing, Thing: capital(thing), end };
  const told = template.replace(/\{(verb|past|thing|Thing|end)\}/g, (_, name: string) => slots[name] ?? '');
  return typed(withParticulars(owned(told), random), random);
}

export function requestedActs(count: number, choice: Choice, random: Random): readonly string[] {
  return Array.from({ length: count }, () => requestedAct(choice, random));
}

export function reportedActs(count: number, choice: Choice, random: Random): readonly string[] {
  return Array.from({ length: count }, () => reportedAct(choice, random));
}

function foreignRequest(split: Split, random: Random): string {
  const own = random.pick(FOREIGN_ACTS);
  const act = foreignAct(own, split, random);
  return typed(
    withParticulars(random.pick(ofSplit(own.voices, split)).replace('{act}', act), random),
    random,
  );
}

function foreignAct({ acts, isVerbLast }: ForeignActs, split: Split, random: Random): string {
  const [verbs, things, ends] = random.pick(acts);
  const part = (list: string): string => random.pick(ofSplit(partsOf(list), split));
  const [verb, thing, end] = [part(verbs), part(things), part(ends)];
  // What is written without spaces brings none.
  const between = /[\p{Script=Han}\p{Script=Hiragana}]|\s$/u.test(isVerbLast ? thing : verb) ? '' : ' ';
  return isVerbLast ? `${end}${thing}${between}${verb}` : `${verb}${between}${thing}${end}`;
}

/** Spoken to a model in another language: who is meant, what no longer counts, an act; not always all of it. */
export function foreignMarks(count: number, split: Split, random: Random): readonly string[] {
  return Array.from({ length: count }, () => {
    const { code, heads, cancels } = random.pick(FOREIGN_MARKS);
    const part = (list: string): string => random.pick(ofSplit(partsOf(list), split));
    const own = FOREIGN_ACTS.find((each) => each.code === code);
    const act = own ? foreignAct(own, split, random) : '';
    const [head, cancel] = [part(heads), part(cancels)];
    const form = random.pick([
      'h: c. a',
      'h: a',
      'h! c, a!',
      'c. a',
      'c, a',
      '[h] c. a',
      'h: c.',
      '*** h *** c. a',
    ]);
    const parts: Readonly<Record<string, string>> = { h: head, c: cancel, a: act };
    return typed(
      withParticulars(
        form.replace(/[hca]/g, (name) => parts[name] ?? ''),
        random,
      ),
      random,
    );
  });
}

/** What is written of models and of instructions in other languages. */
export function foreignTalk(count: number, split: Split, random: Random): readonly string[] {
  return Array.from({ length: count }, () => {
    const some = ofSplit(partsOf(random.pick(FOREIGN_MARKS).benign), split);
    return Array.from({ length: 1 + random.below(3) }, () => `${random.pick(some)}.`).join(' ');
  });
}

function foreignFact(split: Split, random: Random): string {
  const { facts } = random.pick(
    FOREIGN_ACTS.filter((each) => each.facts.some((fact) => splitOf(fact) === split)),
  );
  return typed(withParticulars(random.pick(ofSplit(facts, split)), random), random);
}
