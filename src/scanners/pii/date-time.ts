/** Dates and times of day; a date after a word such as "born" is somebody's birthday. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import type { Finder } from './candidate.ts';
import { isDay } from './checksums.ts';
import { contextBefore } from './context.ts';
import { eachDigitRun } from './digit-starts.ts';
import { MONTH } from './month-names.ts';
import { PHRASE } from './phrases.ts';

const TIME = '(?:[01]?\\d|2[0-4]):[0-5]\\d(?::[0-5]\\d(?:[.,]\\d{1,9})?)?(?: ?[AaPp]\\.?[Mm]\\b\\.?)?';
const ZONE = '(?: ?Z\\b|[+-]\\d\\d:?\\d\\d)?';
const ORDINAL = '(?:st|nd|rd|th|er|[ºª.])?';
const OF = "(?:of |de |di |do |del |d[’'])?";
const BEFORE = '(?<![\\p{L}\\p{N}_./-]|\\p{N}:)';
const AFTER = '(?![\\p{L}\\p{N}_]|[./:-]\\p{N})';

interface Form {
  readonly pattern: RegExp;
  readonly confidence: number;
  /** A day of a year, as birthdays are. */
  readonly isFullDate: boolean;
}

const FORMS: readonly Form[] = [
  form(`(?:1\\d|20)\\d\\d-\\d\\d-\\d\\d(?:[T ]${TIME}${ZONE})?`, 0.6, true),
  form(`\\d{4}([./])\\d{1,2}\\1\\d{1,2}(?: ${TIME})?`, 0.6, true),
  form(`\\d{1,2}([./-])\\d{1,2}\\1(?:1[89]|20)\\d\\d(?:,? ${TIME})?`, 0.6, true),
  form('\\d{2}([./-])\\d{2}\\1\\d\\d', 0.5, true),
  form(`\\d{1,2}${ORDINAL}[ -]${OF}${MONTH}\\.?(?:,? |-)${OF}(?:1[5-9]|20)\\d\\d(?:,? ${TIME})?`, 0.7, true),
  form(`${MONTH}\\.? \\d{1,2}${ORDINAL},? (?:1[5-9]|20)\\d\\d(?:,? ${TIME})?`, 0.7, true),
  form(`\\d{1,2}${ORDINAL} ${OF}${MONTH}`, 0.6, false),
  form(`${MONTH}\\.? \\d{1,2}${ORDINAL}`, 0.6, false),
  form(`${MONTH}\\.?,? ${OF}(?:1[5-9]|20)\\d\\d`, 0.6, false),
  form(TIME, 0.5, false),
  form('(?:1[0-2]|[1-9]) ?(?:[AaPp][Mm]\\b|[ap]\\.m\\.)', 0.5, false),
];
/** What every form that begins with digits goes on with: most numbers do not. */
const HEAD = new RegExp(`\\d{1,4}(?:[-./:]\\d|${ORDINAL}[ -]${OF}${MONTH}| ?[AaPp]\\.?[Mm])`, 'uy');
/** A month's name right before the digits. */
const MONTH_BEFORE = new RegExp(`${MONTH}(?:[.,]|\\.,)? ${OF}$`, 'u');
const BOUNDARY = new RegExp(BEFORE, 'uy');
const DIGIT = /\d/;
const LONGEST_MONTH = 20;
const NUMERIC = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})/;
/** Characters between the word and the day. */
const BIRTH_REACH = 40;
/** German tells it behind. */
const BORN_BEHIND = /^ geboren(?!\p{L})/u;
const ANOTHER_DATE = /\d{4}|\d[./-]\d/;

/** Reports those of the two kinds that are asked for. A birthday is a date, too, where nobody asks for birthdays. */
export function dateTime(asked: ReadonlySet<string>): Finder {
  return {
    decision: PHRASE,
    find(text, from, until) {
      const found: Sighting[] = [];
      eachDigitRun(text, from, until, LONGEST_MONTH, (digits) => {
        const before = text.slice(Math.max(from, digits - LONGEST_MONTH), digits);
        const month = before.endsWith(' ') ? MONTH_BEFORE.exec(before) : null;
        for (const start of month ? [digits - month[0].length, digits] : [digits]) {
          const sighting = start < until ? dateAt(text, start, asked) : null;
          if (sighting) found.push(sighting);
        }
      });
      return found;
    },
  };
}

function dateAt(text: string, start: number, asked: ReadonlySet<string>): Sighting | null {
  HEAD.lastIndex = start;
  if (DIGIT.test(text.charAt(start)) && !HEAD.test(text)) return null;
  const near = text.slice(Math.max(0, start - 2), start + PHRASE);
  const offset = start - Math.max(0, start - 2);
  BOUNDARY.lastIndex = offset;
  if (!BOUNDARY.test(near)) return null;
  for (const { pattern, confidence, isFullDate } of FORMS) {
    pattern.lastIndex = offset;
    const match = pattern.exec(near);
    if (!match || !isOnCalendar(match[0])) continue;
    const end = start + match[0].length;
    if (
      isFullDate &&
      asked.has('DATE_OF_BIRTH') &&
      (BORN_BEHIND.test(text.slice(end, end + 9)) || isBirthday(text, start))
    )
      return { start, end, kind: 'DATE_OF_BIRTH', confidence: 0.9 };
    return asked.has('DATE_TIME') ? { start, end, kind: 'DATE_TIME', confidence } : null;
  }
  return null;
}

function form(source: string, confidence: number, isFullDate: boolean): Form {
  return { pattern: new RegExp(`${BEFORE}${source}${AFTER}`, 'uy'), confidence, isFullDate };
}

/** Day first or month first: both are taken. */
function isOnCalendar(date: string): boolean {
  const match = NUMERIC.exec(date);
  if (!match) return true;
  const [first, second, third] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (first > 31) return isDay(first, second, third);
  return isDay(third, second, first) || isDay(third, first, second);
}

/** The word stands near, and no other date between. */
function isBirthday(text: string, start: number): boolean {
  const context = contextBefore(text, start);
  const distance = context.get('DATE_OF_BIRTH');
  if (distance === undefined || distance > BIRTH_REACH) return false;
  const other = context.get('OTHER_DATE');
  return (other === undefined || other > distance) && !ANOTHER_DATE.test(text.slice(start - distance, start));
}
