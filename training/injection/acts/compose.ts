/** Composes requests for acts, and their benign twins: the same acts as data, facts, questions and instructions for use. */
import type { Random } from '../../random.ts';
import { ofSplit, splitOf, type Split } from '../template.ts';
import { FIELDS } from './fields.ts';
import { FOREIGN_ACTS } from './foreign-acts.ts';
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
  const { acts, voices, isVerbLast } = random.pick(FOREIGN_ACTS);
  const [verbs, things, ends] = random.pick(acts);
  const part = (list: string): string => random.pick(ofSplit(partsOf(list), split));
  const [verb, thing, end] = [part(verbs), part(things), part(ends)];
  // What is written without spaces brings none.
  const between = /[\p{Script=Han}\p{Script=Hiragana}]|\s$/u.test(isVerbLast ? thing : verb) ? '' : ' ';
  const act = isVerbLast ? `${end}${thing}${between}${verb}` : `${verb}${between}${thing}${end}`;
  return typed(withParticulars(random.pick(ofSplit(voices, split)).replace('{act}', act), random), random);
}

function foreignFact(split: Split, random: Random): string {
  const { facts } = random.pick(
    FOREIGN_ACTS.filter((each) => each.facts.some((fact) => splitOf(fact) === split)),
  );
  return typed(withParticulars(random.pick(ofSplit(facts, split)), random), random);
}
