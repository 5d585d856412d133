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
/** "message": is a field's name. */
const NO_KEY = '\\b(?!["\']? ?[:=])';
const ANY_VERB = `(?:${VERB}|${EVERYDAY_VERB})`;
const A_FOREIGN_ACT = `${BEGINNING}[^.!?;\\n]{0,24}?(?<![\\p{L}\\p{N}])${FOREIGN_VERB}(?![\\p{L}\\p{N}])`;

function shape(
  id: string,
  weight: number,
  pattern: string,
  place: Shape['place'] = 'sentence',
  flags = '',
): Shape {
  return { id, weight, pattern: new RegExp(patternOf(pattern, FOREIGN).source, flags), place };
}

/** A shape of what stands behind an act comes after the act. */
const SHAPES: readonly Shape[] = [
  shape('act', 0.7, `${ASKED}${VERB}${NO_KEY}`),
  shape('everyday-act', 0.4, `${ASKED}${EVERYDAY_VERB}${NO_KEY}`),
  shape('asks-for-an-act', 1.2, `\\b(?:${ASKING}) (?:(?:please|kindly|now|also|then|me) )?${ANY_VERB}\\b`),
  shape('act-on-mine', 1.15, `\\b(?:my|mine|for me|myself|me (?:up|out|on|to|from|in))\\b`, 'behind the act'),
  shape('act-on-a-possession', 0.4, `\\b${POSSESSION}\\b`, 'behind the act'),
  shape('act-with-an-address', 0.7, ADDRESS, 'behind the act'),
  shape('act-with-an-amount', 0.9, AMOUNT, 'behind the act'),
  shape('act-with-a-detail', 0.9, DETAIL, 'behind the act'),
  shape('act-and-another', 0.4, `\\b(?:and|then) (?:then |also )?${ANY_VERB}\\b`, 'behind the act'),
  shape(
    'between-people',
    -0.9,
    `\\b(?:send|give|bring|let|tell|call|e-?mail|show|text|get|write|drop|ping|help)(?:ing)? (?:me|us) (?!to )|\\blet (?:me|us) know\\b|\\byour? (?:own )?\\w|\\b(?:by|before|until|no later than) (?:monday|tuesday|wednesday|thursday|friday|noon|the end)|\\bour (?:channel|page|blog|store|shop|site|website|newsletter|hotline|team|customers?|office)\\b`,
  ),
  shape(
    'how-to',
    -0.6,
    `\\b(?:how to|in order to|you can|you may|customers|users|visitors|guests|employees|everyone|all staff|if you|when you|before you|only|cannot|to do:?|todo:?|step|press|click|tap|select|choose) |${BEGINNING}to [a-z]`,
  ),
  shape('foreign-act', 1.6, A_FOREIGN_ACT, 'sentence', 'u'),
  shape('foreign-act-with-a-detail', 0.9, `${ADDRESS}|${AMOUNT}|${DETAIL}|\\d{2}`, 'behind the foreign act'),
  shape('foreign-ending', 2.4, `${FOREIGN_ENDING} ?(?:[.!?。！？"'\\n,}\\]<]|$)`),
  shape('foreign-mine', 1.6, `(?<![\\p{L}\\p{N}])${FOREIGN_MINE}`, 'sentence', 'u'),
];

/** What a person asks is what a prompt is for, and documents are full of orders to people. */
export function shapesFor(model: ModelName): readonly Shape[] {
  return model === 'tool' ? SHAPES : NO_SHAPES;
}
