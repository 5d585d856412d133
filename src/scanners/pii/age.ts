/** How old somebody is: the number alone, where words before or behind it say that it is an age. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Finder } from './candidate.ts';
import { contextBefore } from './context.ts';
import { PHRASE } from './phrases.ts';

const CANDIDATE = /(?<![\p{L}\p{N}_.,/:$€£-])\d{1,3}(?![\p{L}\p{N}_]|[.,/:]\d)/gu;
/** After the number; "10 ans" and the like may as well be how long something took, and need a word before, too. */
const OLD =
  /^(?:[- ]years?[- ]old|[- ]yrs?[- ]old| y\/o\b| yo\b| years of age| Jahre alt| jaar oud| år gammal| år gammel| anni di età|-jährige[rsn]?)(?!\p{L})/u;
const YEARS = /^ (?:ans|años|anni|anos|lat)(?!\p{L})/u;
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
  const distance = contextBefore(text, start).get('AGE');
  if (distance === undefined) return 0;
  if (YEARS.test(behind) && distance < 12) return 0.8;
  // "aged 47", "Alter: 47", "age of 47": nothing but these between.
  return /^(?:["']?\s?[:=]\s?["']?| | of | is | de )$/.test(text.slice(start - distance, start)) ? 0.75 : 0;
}
