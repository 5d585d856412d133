/** How old somebody is: the number alone, where words before or behind it say that it is an age. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Finder } from './candidate.ts';
import { contextBefore } from './context.ts';
import { PHRASE } from './phrases.ts';

const CANDIDATE = /(?<![\p{L}\p{N}_.$€£-]|\p{N}[,/:])\d{1,3}(?![\p{L}\p{N}_]|[.,/:]\d)/gu;
/** After the number; "10 ans" and the like may as well be how long something took, and need a word before, too. */
const OLD =
  /^(?:[- ]years?[- ]old|[- ]yrs?[- ]old| y\/o\b| yo\b| years of age| Jahre alt| jaar oud| år gammal| år gammel| anni di età|-jährige[rsn]?)(?!\p{L})/u;
const YEARS = /^ (?:ans|años|anni|anos|lat)(?!\p{L})/u;
/** "aged 47", "Alter: 47", "age of 47". */
const BETWEEN = '(?:["\']?\\s?[:=]\\s?["\']?| | of | is | de )$';
const ONLY_THIS_BETWEEN = new RegExp(`^${BETWEEN}`);
/** The last letters of the words for it (`context-words.ts`): most numbers have others before them. */
const WORD_BEFORE = new RegExp(`(?:ge|ged|ter|der|von|dad|t[aà]|ade|jd|iek|k[aä])${BETWEEN}`, 'i');
const OLDEST = 120;

export const age: Finder = {
  decision: PHRASE,
  find(text, from, until) {
    const found: Sighting[] = [];
    CANDIDATE.lastIndex = from;
    for (let match = CANDIDATE.exec(text); match && match.index < until; match = CANDIDATE.exec(text)) {
      const end = CANDIDATE.lastIndex;
      if (Number(match[0]) > OLDEST || Number(match[0]) === 0) continue;
      const confidence = confidenceOf(text, match.index, text.slice(end, end + 24));
      if (confidence > 0) found.push({ start: match.index, end, kind: 'AGE', confidence });
    }
    return found;
  },
};

function confidenceOf(text: string, start: number, behind: string): number {
  if (OLD.test(behind)) return 0.85;
  const isYears = YEARS.test(behind);
  if (!isYears && !WORD_BEFORE.test(text.slice(Math.max(0, start - 16), start))) return 0;
  const distance = contextBefore(text, start).get('AGE');
  if (distance === undefined) return 0;
  if (isYears && distance < 12) return 0.8;
  return ONLY_THIS_BETWEEN.test(text.slice(start - distance, start)) ? 0.75 : 0;
}
