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

function makeTable(): Characters {
  const classes = new Uint8Array(0x10000);
  const plain = new Uint16Array(0x10000);
  for (let code = 0; code < 0x10000; code++) {
    const character = String.fromCharCode(code);
    classes[code] = classOf(code, character);
    plain[code] = code;
  }
  for (const [first, end] of FOLDED)
    for (let code = first; code < end; code++) plain[code] = plainOf(String.fromCharCode(code));
  return { classes, plain };
}

function classOf(code: number, character: string): number {
  if (code === 0x0a || code === 0x0d || code === 0x2028 || code === 0x2029 || code === 0x0b || code === 0x0c)
    return LINE_END;
  if (/\p{Ll}/u.test(character)) return LOWER;
  if (/[\p{Lu}\p{Lt}]/u.test(character)) return UPPER;
  if (/[\p{L}\p{M}]/u.test(character)) return CASELESS;
  if (/\p{N}/u.test(character)) return DIGIT;
  return /\s/.test(character) || code === 0x200b ? SPACE : OTHER;
}

function plainOf(character: string): number {
  if (/\p{M}/u.test(character)) return 0;
  const small = character.toLowerCase().normalize('NFD').charAt(0);
  return (STROKES.get(small) ?? small).charCodeAt(0);
}
