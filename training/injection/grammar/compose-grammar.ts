/** Composes what speaks to a model, plain requests, and their benign twins from the grammar's lists. */
import type { Random } from '../../random.ts';
import { withParticulars } from '../acts/particulars.ts';
import { ofSplit, type Slots, type Split } from '../template.ts';
import { ABOUT_MODEL_FORMS, ABOUT_MODEL_SLOTS } from './about-models.ts';
import { ACT_SLOTS, PLAIN_FORMS } from './act-grammar.ts';
import { HUMAN_SLOTS } from './human-grammar.ts';
import { MARK_KIND_FORMS, MARK_KIND_SLOTS } from './mark-kinds.ts';
import { MARKED_FORMS, MARKED_SLOTS, TWIN_SLOTS, UNMARKED_TWINS } from './marked-grammar.ts';

const ATTACK_SLOTS: Slots = { ...ACT_SLOTS, ...MARKED_SLOTS };
const MARK_SLOTS: Slots = { ...ATTACK_SLOTS, ...MARK_KIND_SLOTS };
const BENIGN_SLOTS: Slots = { ...ACT_SLOTS, ...MARKED_SLOTS, ...HUMAN_SLOTS, ...TWIN_SLOTS };
const ABOUT_SLOTS: Slots = { ...MARK_SLOTS, ...HUMAN_SLOTS, ...TWIN_SLOTS, ...ABOUT_MODEL_SLOTS };

/** Of each list, the items of one split; lists and items may be nested. */
function spelled(template: string, slots: Slots, split: Split, random: Random): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const items = slots[name];
    return items ? spelled(random.pick(ofSplit(items, split)), slots, split, random) : whole;
  });
}

/** As people type. */
function typed(text: string, random: Random): string {
  switch (random.below(8)) {
    case 0:
      return text.toLowerCase();
    case 1:
      return text.toUpperCase();
    case 2:
      return text;
    default:
      return text.charAt(0).toUpperCase() + text.slice(1);
  }
}

function made(forms: readonly string[], slots: Slots, split: Split, random: Random): string {
  const text = spelled(random.pick(ofSplit(forms, split)), slots, split, random);
  return typed(withParticulars(terse(text.replaceAll(/ +/g, ' ').trim(), random), random), random);
}

/** Those who write in haste, or in a language that is not theirs, leave the small words out. */
function terse(text: string, random: Random): string {
  return random.below(6) === 0 ? text.replaceAll(/\b(?:the|a|an|of|that|please) /gi, '') : text;
}

export type Made =
  | 'marked'
  | 'marked in many ways'
  | 'plain'
  | 'between people'
  | 'twin of a mark'
  | 'about models';

const FORMS: Readonly<Record<Made, readonly [readonly string[], Slots]>> = {
  marked: [MARKED_FORMS, ATTACK_SLOTS],
  'marked in many ways': [MARK_KIND_FORMS, MARK_SLOTS],
  plain: [PLAIN_FORMS, ATTACK_SLOTS],
  'between people': [['{ask}.', '{ask}'], BENIGN_SLOTS],
  'twin of a mark': [UNMARKED_TWINS, BENIGN_SLOTS],
  'about models': [ABOUT_MODEL_FORMS, ABOUT_SLOTS],
};

export function grammarTexts(of: Made, count: number, split: Split, random: Random): readonly string[] {
  const [forms, slots] = FORMS[of];
  return Array.from({ length: count }, () => made(forms, slots, split, random));
}
