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
const LINE_BREAK = 0x0a;
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
  const heading = line > 1 ? headingOfLine(text, base, before, line) : null;
  if (heading !== null || !before.includes('[')) return heading;
  return headingInArray(text, base, before);
}

/** `before` is what stands in the text from `base` on. */
function headingOfLine(text: string, base: number, before: string, line: number): string | null {
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
  const first = firstLine(text, base, before, { line: base + line, delimiter, columns });
  if (first === null) return null;
  const names = first.split(delimiter);
  const isHeading = names.every((name) => name.trim() === '' || (NAME.test(name) && !SENTENCE.test(name)));
  return isHeading ? (names[column] ?? null) : null;
}

/** A row of a table, which begins at `line`. */
interface Row {
  readonly line: number;
  readonly delimiter: string;
  readonly columns: number;
}

/** The first line of a table, and where the line above it begins; offsets into the text. */
interface FirstLine {
  readonly start: number;
  readonly end: number;
  readonly above: number;
}

/** The last row that was asked for, with what it was told: the rows below it are told the same, and a table is walked once. */
let lastRow: (Row & { readonly text: string; readonly first: FirstLine | null }) | null = null;

/** Of the lines above that have as many columns. Null where it is not known whether another stands before it. */
function firstLine(text: string, base: number, before: string, row: Row): string | null {
  const first = findFirstLine(text, base, before, row);
  lastRow = { ...row, text, first };
  return first && text.slice(first.start, first.end);
}

function findFirstLine(text: string, base: number, before: string, row: Row): FirstLine | null {
  if (isLastRow(text, base, row.line, row)) return stillThere(base);
  let first: FirstLine | null = null;
  for (let end = row.line - base - 1; end > 0; ) {
    const begin = before.lastIndexOf('\n', end - 1) + 1;
    if (begin === 0 && base > 0) return null;
    if (count(before, row.delimiter, begin, end) !== row.columns)
      return first && { ...first, above: base + begin };
    if (isLastRow(text, base, base + begin, row)) return stillThere(base);
    first = { start: base + begin, end: base + end, above: 0 };
    end = begin - 1;
  }
  return first;
}

/** A line break at `base` is the end of a line of which nothing is seen. */
function isLastRow(text: string, base: number, line: number, { delimiter, columns }: Row): boolean {
  return (
    lastRow?.line === line &&
    lastRow.delimiter === delimiter &&
    lastRow.columns === columns &&
    lastRow.text === text &&
    text.charCodeAt(base) !== LINE_BREAK
  );
}

/** What the last row was told, as far as the line above the table can be seen from `base` on. */
function stillThere(base: number): FirstLine | null {
  const first = lastRow?.first ?? null;
  return first && (base === 0 || first.above > base) ? first : null;
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

function headingInArray(text: string, base: number, before: string): string | null {
  const row = before.lastIndexOf('[');
  const own = before.slice(row + 1);
  if (own.includes(']')) return null;
  const rows = beginningOfRows(text, base, base + row);
  if (rows < 0 || !MAY_BE_ARRAY.some((mark) => before.includes(mark))) return null;
  FIRST_ROW.lastIndex = rows - base;
  const first = FIRST_ROW.exec(before);
  if (!first || FIRST_ROW.lastIndex > row || TABLE_END.test(before.slice(FIRST_ROW.lastIndex - 1, row)))
    return null;
  const cells = (first[1] ?? '').split(',').map((name) => name.trim());
  if (!cells.every((name) => CELL.test(name))) return null;
  return cells[count(own, ',', 0, own.length)] ?? null;
}

/** The last opening bracket that was asked for, and what it was told. */
let lastOpening: { readonly text: string; readonly at: number; readonly rows: number } | null = null;

/** The nearest bracket before `row`, from `base` on, that another follows; -1 where there is none. */
function beginningOfRows(text: string, base: number, row: number): number {
  const rows = findBeginning(text, base, row);
  lastOpening = { text, at: row, rows };
  return rows;
}

function findBeginning(text: string, base: number, row: number): number {
  const known = lastOpening?.text === text ? lastOpening : null;
  let next = row;
  for (let at = row; at >= base; at--) {
    const code = text.charCodeAt(at);
    if (code === OPENING && next === at + 1) return at;
    if (at === known?.at) return known.rows >= base ? known.rows : -1;
    // White space leads on to the bracket before it.
    if (code === OPENING || (code <= 0x20 && next === at + 1)) next = at;
  }
  return -1;
}
