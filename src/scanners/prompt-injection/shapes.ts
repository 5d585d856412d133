/** The shapes of a request for an act, and of what only looks like one: each adds to a sentence's score, whatever its words. */
import type { ModelName } from './model-name.ts';
import { BEGINNING, FOREIGN, patternOf } from './rule-pattern.ts';
import type { Shape } from './rule.ts';
import { NO_SHAPES } from './shape-weights.ts';
import {
  ADDRESS,
  AMOUNT,
  ASKING,
  BEFORE_A_VERB,
  DETAIL,
  EVERYDAY_VERB,
  FOREIGN_ENDING,
  FOREIGN_MINE,
  FOREIGN_VERB,
  POSSESSION,
  VERB,
} from './shape-words.ts';

const AT_START = `(?:^ ?["'(]?|${BEGINNING}) ?(?:(?:${BEFORE_A_VERB}),? ){0,2}`;
const ASKED = `(?:${AT_START}|\\b(?:${ASKING}) (?:(?:please|kindly|now|also|then|me) )?)`;
/** To what belongs to the verb, in the same clause. */
const ON = '\\b[^.!?;\\n]{0,70}?';
const ANY_VERB = `(?:${VERB}|${EVERYDAY_VERB})`;

function shape(id: string, weight: number, pattern: string): Shape {
  return { id, weight, pattern: new RegExp(patternOf(pattern, FOREIGN).source, 'u') };
}

const SHAPES: readonly Shape[] = [
  shape('act', 0.65, `${ASKED}${VERB}\\b`),
  shape('everyday-act', 0.4, `${ASKED}${EVERYDAY_VERB}\\b`),
  shape('asks-for-an-act', 1.2, `\\b(?:${ASKING}) (?:(?:please|kindly|now|also|then|me) )?${ANY_VERB}\\b`),
  shape('act-on-mine', 1.15, `${ASKED}${ANY_VERB}${ON}(?:\\b(?:my|mine|our|for me|myself|me)\\b)`),
  shape('act-on-a-possession', 0.1, `${ASKED}${ANY_VERB}${ON}\\b${POSSESSION}\\b`),
  shape('act-with-an-address', 0.4, `${ASKED}${ANY_VERB}${ON}(?:${ADDRESS})`),
  shape('act-with-an-amount', 0.2, `${ASKED}${ANY_VERB}${ON}(?:${AMOUNT})`),
  shape('act-with-a-detail', 0.9, `${ASKED}${ANY_VERB}${ON}(?:${DETAIL})`),
  shape(
    'between-people',
    -0.5,
    `\\b(?:send|give|bring|let|tell|call|e-?mail|show|text|get|write|drop|ping|help)(?:ing)? (?:me|us) (?!to )|\\blet (?:me|us) know\\b|\\byour? (?:own )?\\w|\\b(?:by|before|until|no later than) (?:monday|tuesday|wednesday|thursday|friday|noon|the end)|\\bour (?:channel|page|blog|store|shop|site|website|newsletter|hotline|team|customers?|office)\\b`,
  ),
  shape(
    'how-to',
    -0.6,
    `\\b(?:how to|in order to|you can|you may|customers|users|visitors|guests|employees|everyone|all staff|if you|when you|before you|only|cannot|to do:?|todo:?|step|press|click|tap|select|choose) |${BEGINNING}to [a-z]`,
  ),
  shape(
    'foreign-act',
    1.6,
    `${BEGINNING}[^.!?;\\n]{0,24}?(?<![\\p{L}\\p{N}])${FOREIGN_VERB}(?![\\p{L}\\p{N}])`,
  ),
  shape('foreign-ending', 2.4, `${FOREIGN_ENDING} ?(?:[.!?。！？"'\\n,}\\]<]|$)`),
  shape('foreign-mine', 1.6, `(?<![\\p{L}\\p{N}])${FOREIGN_MINE}`),
];

/** What a person asks is what a prompt is for, and documents are full of orders to people. */
export function shapesFor(model: ModelName): readonly Shape[] {
  return model === 'tool' ? SHAPES : NO_SHAPES;
}
