/** What the tagger knows of single characters: their class, and the plain small letter that stands for them. */

export const OTHER = 0;
export const LOWER = 1;
export const UPPER = 2;
/** Letters of scripts without case, and marks. */
export const CASELESS = 3;
export const DIGIT = 4;
export const SPACE = 5;
export const LINE_END = 6;

export interface Characters {
  /** By UTF-16 code unit. */
  readonly classes: Uint8Array;
  /** The small letter without its marks; 0 for what is left out of a word, such as a mark. */
  readonly plain: Uint16Array;
}

/** Letters that carry a stroke or another shape and not a mark that could be taken off. */
const STROKES = new Map([
  ['ł', 'l'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ı', 'i'],
  ['ß', 's'],
  ['æ', 'a'],
  ['œ', 'o'],
  ['þ', 't'],
  ['ħ', 'h'],
  ['’', "'"],
]);
/** Beyond Latin, Greek and Cyrillic with their extensions nothing is folded. */
const FOLDED: readonly (readonly [number, number])[] = [
  [0, 0x590],
  [0x1e00, 0x2020],
];

let table: Characters | null = null;

/** One table for the process, made when it is first needed. */
export function characters(): Characters {
  table ??= makeTable();
  return table;
}

/** Runs of one class, the later ones taking precedence. Surrogates are of none. */
const RUNS: readonly (readonly [number, RegExp])[] = [
  [SPACE, /[\s\u200b]+/g],
  [DIGIT, /\p{N}+/gu],
  [CASELESS, /[\p{L}\p{M}]+/gu],
  [UPPER, /[\p{Lu}\p{Lt}]+/gu],
  [LOWER, /\p{Ll}+/gu],
  [LINE_END, /[\n\v\f\r\u2028\u2029]+/g],
];
const FIRST_SURROGATE = 0xd800;
const BEHIND_SURROGATES = 0xe000;

function makeTable(): Characters {
  const classes = new Uint8Array(0x10000);
  const plain = new Uint16Array(0x10000);
  for (let code = 0; code < 0x10000; code++) plain[code] = code;
  const all = Buffer.from(plain.buffer).toString('utf16le');
  markClasses(classes, all.slice(0, FIRST_SURROGATE), 0);
  markClasses(classes, all.slice(BEHIND_SURROGATES), BEHIND_SURROGATES);
  for (const [first, end] of FOLDED)
    for (let code = first; code < end; code++) plain[code] = plainOf(String.fromCharCode(code));
  return { classes, plain };
}

/** A few searches of all characters together: a question about each would take as long as a third of a start. */
function markClasses(classes: Uint8Array, text: string, first: number): void {
  for (const [kind, run] of RUNS)
    for (const match of text.matchAll(run))
      classes.fill(kind, first + match.index, first + match.index + match[0].length);
}

function plainOf(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  const small = character.toLowerCase().normalize('NFD').charAt(0);
  return (STROKES.get(small) ?? small).charCodeAt(0);
}
