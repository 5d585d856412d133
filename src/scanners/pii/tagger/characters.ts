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
const SURROGATES = [0xd800, 0xe000] as const;

function makeTable(): Characters {
  const classes = new Uint8Array(0x10000);
  const plain = Uint16Array.from({ length: 0x10000 }, (_, code) => code);
  markClasses(classes, 0, SURROGATES[0]);
  markClasses(classes, SURROGATES[1], 0x10000);
  for (const [first, end] of FOLDED)
    for (let code = first; code < end; code++) plain[code] = plainOf(String.fromCharCode(code));
  return { classes, plain };
}

/** A few searches of all characters together, for one question about each takes as long as the rest of a start. */
function markClasses(classes: Uint8Array, first: number, end: number): void {
  const all = Array.from({ length: end - first }, (_, index) => String.fromCharCode(first + index)).join('');
  for (const [kind, run] of RUNS)
    for (const match of all.matchAll(run))
      classes.fill(kind, first + match.index, first + match.index + match[0].length);
}

function plainOf(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  const small = character.toLowerCase().normalize('NFD').charAt(0);
  return (STROKES.get(small) ?? small).charCodeAt(0);
}
