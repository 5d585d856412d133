/** The words of a line, and what stands between each and the one before it. */

export interface Word {
  readonly start: number;
  readonly end: number;
  /** The word itself. */
  readonly text: string;
  readonly gap: Gap;
}

/**
 * `space` alone makes two words a pair; at a `pause` nothing can be told; `code` speaks against gibberish, a `capital`
 * within a word and a `joint` for it.
 */
export type Gap = 'space' | 'pause' | 'code' | 'capital' | 'joint';

/** `similarlyNow` is two words. */
const WORD = /[A-Z]?[a-z]+(?:['’][a-z]{1,2}(?![a-z]))?|[A-Z]+(?![a-z])|[A-Z]/g;
/** The end of a clause, dashes, quotation marks and brackets as they stand in prose. */
const PROSE_GAP =
  /^(?:\s?['’"”)\]*_`.,;:!?…%]*[\s\d]+["'‘“([*_`#$-]*[\d\s]*|[-/’'.&_@:,\d]|\)[.,]|\s*[—–]\s*|\s-{1,2}\s|[.,:]\d+|\s?[/&+]\s?)$/;

/** Calls, assignments, placeholders, members, tags, and line ends that are written out. */
const CODE_GAP =
  /\(\)|[=+]=|\s=\s|=["'\d]|["'\]\d]=|\$\{|\$\(|\}\}|\{\{|<\/|\/>|><|\\+[nt"]|\['|'\]|\["|"\]|",|',|":|':|\s->\s|\s=>\s|::|&&|\|\|/;

/** With a scheme, or long and with a digit. */
const DATA = /(?<!\S)(?:\S*:\/\/\S+|(?=\S{24})\S*\d\S*)/g;

export function wordsOf(line: string): readonly Word[] {
  const words: Word[] = [];
  let before = 0;
  for (const { 0: text, index } of plainText(line).matchAll(WORD)) {
    words.push({ start: index, end: index + text.length, text, gap: gapOf(line, before, index) });
    before = index + text.length;
  }
  return words;
}

/** Line ends that are written out, as in JSON, are white space; addresses, keys and encoded data are no words. */
function plainText(line: string): string {
  return blanked(line.includes('\\') ? blanked(line, /\\+[nrt]/g) : line, DATA);
}

function blanked(line: string, pattern: RegExp): string {
  return line.replace(pattern, (found) => ' '.repeat(found.length));
}

function gapOf(line: string, start: number, end: number): Gap {
  if (start === 0) return 'pause';
  const gap = line.slice(start, end);
  if (gap === ' ') return 'space';
  if (gap === '') return 'capital';
  if (/\d|\s\s|[^ -~]/.test(gap)) return 'pause';
  if (PROSE_GAP.test(gap)) return 'pause';
  return CODE_GAP.test(gap) ? 'code' : 'joint';
}
