/** Writes harmful and harmless sentences from templates; whole templates are held out, so that what is measured is not what was learned. */
import type { Random } from '../random.ts';
import { BENIGN_TEMPLATES, PLAIN_TEMPLATES } from './benign-templates.ts';
import { HARMFUL_KINDS, HARMFUL_TEMPLATES, type HarmfulKind } from './harmful-templates.ts';
import { SLOTS } from './slots.ts';

export interface Generated {
  readonly text: string;
  /** Null for harmless. */
  readonly kind: HarmfulKind | null;
  readonly isHeldOut: boolean;
}

const CHOICES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(SLOTS).map(([name, words]) => [name, words.split('|').map(oneLine)]),
);
/** One template in so many is held out. */
const HOLD_OUT_EVERY = 6;

/** `each` sentences of every template, some of them alone and some between plain ones. */
export function generateSentences(random: Random, each: number): readonly Generated[] {
  const all: Generated[] = [];
  for (const kind of HARMFUL_KINDS) all.push(...fromTemplates(random, HARMFUL_TEMPLATES[kind], kind, each));
  all.push(...fromTemplates(random, [...BENIGN_TEMPLATES, ...PLAIN_TEMPLATES], null, each));
  return all;
}

function fromTemplates(
  random: Random,
  templates: readonly string[],
  kind: HarmfulKind | null,
  each: number,
): readonly Generated[] {
  return templates.flatMap((template, index) =>
    Array.from({ length: each }, () => ({
      text: placed(random, filled(random, template), kind, templates),
      kind,
      isHeldOut: index % HOLD_OUT_EVERY === HOLD_OUT_EVERY - 1,
    })),
  );
}

function filled(random: Random, template: string): string {
  let text = template;
  while (text.includes('{'))
    text = text.replace(/\{(\w+)\}/g, (_, name: string) => random.pick(CHOICES.get(name) ?? []));
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Half of them stand alone; harmless ones stand together as often, so that length tells nothing. */
function placed(
  random: Random,
  sentence: string,
  kind: HarmfulKind | null,
  templates: readonly string[],
): string {
  const spelled = respelled(random, sentence);
  const draw = random.next();
  const plain = (): string => filled(random, random.pick(PLAIN_TEMPLATES));
  if (draw < 0.5) return spelled;
  if (draw < 0.65) return `${plain()} ${spelled}`;
  if (draw < 0.8) return `${spelled} ${plain()}`;
  if (draw < 0.88) return `${plain()} ${spelled} ${plain()}`;
  // A neighbor of the same sort must come from a template that is trained on as well, or the held-out ones would leak.
  const trained = templates.filter((_, index) => index % HOLD_OUT_EVERY !== HOLD_OUT_EVERY - 1);
  return kind === null
    ? `${spelled} ${plain()} ${plain()}`
    : `${spelled} ${filled(random, random.pick(trained))}`;
}

/** As people type: without the last stop, in capitals, with more exclamation marks. */
function respelled(random: Random, sentence: string): string {
  const draw = random.next();
  if (draw < 0.25) return sentence.replace(/[.]$/, '');
  if (draw < 0.33) return sentence.replace(/[.]$/, '!!');
  if (draw < 0.45) return sentence.replaceAll("'", '').replaceAll(',', '');
  return sentence;
}

function oneLine(words: string): string {
  return words.trim().replace(/\s+/g, ' ');
}
