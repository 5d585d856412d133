/** The heading of the column that a value stands in: of a CSV file, a table in Markdown, an array of arrays in JSON. */

/** Characters before a value in which its table must begin. */
export const HEADING_REACH = 2_048;

const DELIMITERS = ['\t', '|', ';', ','] as const;
const MAX_COLUMNS = 64;
/** A name, not a sentence and not a value. */
const NAME = /^["'`*\s]{0,4}(?=[^"]{0,40}\p{L})[\p{L}\p{M}\p{N} _.,()/#'-]{1,40}["'`*\s]{0,4}$/u;
const SENTENCE = /[!?]|\.(?:\s|$)|(?:\p{L}+\s+){5}/u;
const FIRST_ROW = /\[\s*\[([^[\]]{1,600})\]/y;
const TABLE_END = /\]\s*\]/;
const CELL = /^"[^"\d][^"]{0,40}"$/;
const OPENING = 0x5b;
const QUOTE = 0x22;
const MAY_BE_ARRAY = ['[[', '[\n', '[ '];
/** What a cell begins behind; most numbers stand behind a word. */
const CELL_BEGINS = /[\t|;,[\n][\s"']{0,3}$|^[\s"']{0,3}$/;

let lastText = '';
let lastStart = -1;
let lastHeading: string | null = null;

/**
 * Null where it stands in no table, or its table begins too far away. Remembers the last answer: every kind of number asks
 * for the same place.
 */
export function headingOf(text: string, start: number): string | null {
  if (start === lastStart && text === lastText) return lastHeading;
  lastHeading = findHeading(text, start);
  lastText = text;
  lastStart = start;
  return lastHeading;
}

function findHeading(text: string, start: number): string | null {
  if (!CELL_BEGINS.test(text.slice(Math.max(0, start - 4), start))) return null;
  const base = Math.max(0, start - HEADING_REACH);
  const before = text.slice(base, start);
  const line = before.lastIndexOf('\n') + 1;
  const heading = line > 1 ? headingOfLine(before, line, base === 0) : null;
  if (heading !== null || !before.includes('[')) return heading;
  return MAY_BE_ARRAY.some((mark) => before.includes(mark)) ? headingInArray(before) : null;
}

function headingOfLine(before: string, line: number, isWhole: boolean): string | null {
  const prefix = before.slice(line);
  const above = before.slice(before.lastIndexOf('\n', line - 2) + 1, line - 1);
  const delimiter = DELIMITERS.find((each) => above.includes(each));
  if (!delimiter) return null;
  const column = count(prefix, delimiter, 0, prefix.length);
  const columns = count(above, delimiter, 0, above.length);
  // Nothing but the value in its cell.
  if (
    column > columns ||
    columns > MAX_COLUMNS ||
    !/^[\s"']*$/.test(prefix.slice(prefix.lastIndexOf(delimiter) + 1))
  )
    return null;
  const first = firstLine(before, line, delimiter, columns, isWhole);
  if (first === null) return null;
  const names = first.split(delimiter);
  const isHeading = names.every((name) => name.trim() === '' || (NAME.test(name) && !SENTENCE.test(name)));
  return isHeading ? (names[column] ?? null) : null;
}

/** Of the lines above that have as many columns. Null where it is not known whether another stands before it. */
function firstLine(
  before: string,
  line: number,
  delimiter: string,
  columns: number,
  isWhole: boolean,
): string | null {
  let first = -1;
  let last = -1;
  for (let end = line - 1; end > 0; ) {
    const begin = before.lastIndexOf('\n', end - 1) + 1;
    if (begin === 0 && !isWhole) return null;
    if (count(before, delimiter, begin, end) !== columns) break;
    first = begin;
    last = end;
    end = begin - 1;
  }
  return first < 0 ? null : before.slice(first, last);
}

/** In text[start, end), outside of quotes. */
function count(text: string, delimiter: string, start: number, end: number): number {
  const wanted = delimiter.charCodeAt(0);
  let found = 0;
  let isQuoted = false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) isQuoted = !isQuoted;
    else if (code === wanted && !isQuoted) found++;
  }
  return found;
}

function headingInArray(before: string): string | null {
  const row = before.lastIndexOf('[');
  const own = before.slice(row + 1);
  if (own.includes(']')) return null;
  FIRST_ROW.lastIndex = beginningOfRows(before, row);
  const first = FIRST_ROW.exec(before);
  if (!first || FIRST_ROW.lastIndex > row || TABLE_END.test(before.slice(FIRST_ROW.lastIndex - 1, row)))
    return null;
  const cells = (first[1] ?? '').split(',').map((name) => name.trim());
  if (!cells.every((name) => CELL.test(name))) return null;
  return cells[count(own, ',', 0, own.length)] ?? null;
}

/** The nearest bracket before `row` that another follows. */
function beginningOfRows(before: string, row: number): number {
  let next = row;
  for (let at = row - 1; at >= 0; at--) {
    const code = before.charCodeAt(at);
    if (code === OPENING && next === at + 1) return at;
    // White space leads on to the bracket before it.
    if (code === OPENING || (code <= 0x20 && next === at + 1)) next = at;
  }
  return before.length;
}
