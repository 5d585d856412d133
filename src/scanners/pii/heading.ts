/** The heading of the column that a value stands in: of a CSV file, a table in Markdown, an array of arrays in JSON. */

/** Characters before a value in which its table must begin. */
export const HEADING_REACH = 2_048;

const DELIMITERS = ['\t', '|', ';', ','] as const;
const MAX_COLUMNS = 64;
/** A name, not a sentence and not a value. */
const NAME = /^["'`*\s]{0,4}(?=[^"]{0,40}\p{L})[\p{L}\p{M}\p{N} _.,()/#'-]{1,40}["'`*\s]{0,4}$/u;
const SENTENCE = /[!?]|\.(?:\s|$)|(?:\p{L}+\s+){5}/u;
const FIRST_ROW = /\[\s{0,16}\[([^[\]]{1,600})\]/g;

/** Null where it stands in no table, or its table begins too far away. */
export function headingOf(text: string, start: number): string | null {
  const base = Math.max(0, start - HEADING_REACH);
  const before = text.slice(base, start);
  const line = before.lastIndexOf('\n') + 1;
  const heading = line > 1 ? headingOfLine(before, line, base === 0) : null;
  return heading ?? (before.includes('[') ? headingInArray(before) : null);
}

function headingOfLine(before: string, line: number, isWhole: boolean): string | null {
  const prefix = before.slice(line);
  const above = before.slice(before.lastIndexOf('\n', line - 2) + 1, line - 1);
  const delimiter = DELIMITERS.find((each) => above.includes(each));
  if (!delimiter) return null;
  const column = count(prefix, delimiter);
  const columns = count(above, delimiter);
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
  let first: string | null = null;
  for (let end = line - 1; end > 0; ) {
    const begin = before.lastIndexOf('\n', end - 1) + 1;
    if (begin === 0 && !isWhole) return null;
    const row = before.slice(begin, end);
    if (count(row, delimiter) !== columns) break;
    first = row;
    end = begin - 1;
  }
  return first;
}

/** Outside of quotes. */
function count(row: string, delimiter: string): number {
  let found = 0;
  let isQuoted = false;
  for (const character of row) {
    if (character === '"') isQuoted = !isQuoted;
    else if (character === delimiter && !isQuoted) found++;
  }
  return found;
}

function headingInArray(before: string): string | null {
  const row = before.lastIndexOf('[');
  let names: string | null = null;
  for (const match of before.matchAll(FIRST_ROW)) {
    const between = before.slice(match.index + match[0].length, Math.max(0, row));
    if (match.index + match[0].length <= row && !/^\s*\]|\]\s*\]/.test(between)) names = match[1] ?? null;
  }
  if (names === null || before.slice(row).includes(']')) return null;
  const cells = names.split(',').map((name) => name.trim());
  if (!cells.every((name) => /^"[^"\d][^"]{0,40}"$/.test(name))) return null;
  return cells[count(before.slice(row), ',')] ?? null;
}
