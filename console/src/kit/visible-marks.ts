/** Finds what a text does not show, or shows as something else, and gives it a visible name. */

export interface Piece {
  readonly text: string;
  /** Offset in the original, in UTF-16 units. */
  readonly from: number;
  /** What stands for it, where it would not be seen. */
  readonly mark?: { readonly short: string; readonly name: string };
}

const NAMES: Readonly<Record<number, readonly [short: string, name: string]>> = {
  0x00ad: ['SHY', 'soft hyphen'],
  0x034f: ['CGJ', 'combining grapheme joiner'],
  0x061c: ['ALM', 'Arabic letter mark'],
  0x180e: ['MVS', 'Mongolian vowel separator'],
  0x200b: ['ZWSP', 'zero-width space'],
  0x200c: ['ZWNJ', 'zero-width non-joiner'],
  0x200d: ['ZWJ', 'zero-width joiner'],
  0x200e: ['LRM', 'left-to-right mark'],
  0x200f: ['RLM', 'right-to-left mark'],
  0x2028: ['LS', 'line separator'],
  0x2029: ['PS', 'paragraph separator'],
  0x202a: ['LRE', 'left-to-right embedding'],
  0x202b: ['RLE', 'right-to-left embedding'],
  0x202c: ['PDF', 'end of embedding or override'],
  0x202d: ['LRO', 'left-to-right override'],
  0x202e: ['RLO', 'right-to-left override'],
  0x2060: ['WJ', 'word joiner'],
  0x2066: ['LRI', 'left-to-right isolate'],
  0x2067: ['RLI', 'right-to-left isolate'],
  0x2068: ['FSI', 'first-strong isolate'],
  0x2069: ['PDI', 'end of isolate'],
  0xfeff: ['BOM', 'byte order mark'],
};

/**
 * Terminal sequences whole; controls but tab and line feed; what is drawn as nothing or steers how the rest is drawn, private
 * use and lone surrogates, each by itself. What makes one picture of several, where it does, is what it seems.
 */
const UNSEEN =
  // eslint-disable-next-line no-control-regex -- Control characters are what it looks for.
  /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])|\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|[\u2028\u2029]|(?!(?<=\p{Extended_Pictographic})\ufe0f|(?<=\p{Extended_Pictographic}\ufe0f?\p{EMod}?)\u200d(?=\p{Extended_Pictographic}))(?:\p{Default_Ignorable_Code_Point}|\p{Cf}|\p{Co}|\p{Cs})/gu;

export function piecesOf(text: string, offset = 0): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const match of text.matchAll(UNSEEN)) {
    if (match.index > at) pieces.push({ text: text.slice(at, match.index), from: offset + at });
    pieces.push({ text: match[0], from: offset + match.index, mark: markOf(match[0]) });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), from: offset + at });
  return pieces;
}

function markOf(unseen: string): { short: string; name: string } {
  const code = unseen.codePointAt(0) ?? 0;
  if (code === 0x1b)
    return { short: unseen.length > 1 ? `ESC${unseen.slice(1)}` : 'ESC', name: 'terminal sequence' };
  if (code < 0x20)
    return { short: String.fromCodePoint(0x2400 + code), name: `control character ${hex(code)}` };
  if (code === 0x7f) return { short: '␡', name: 'control character U+007F' };
  // Tag characters carry a hidden copy of ASCII.
  if (code >= 0xe0020 && code <= 0xe007e)
    return { short: `TAG ${String.fromCodePoint(code - 0xe0000)}`, name: `tag character ${hex(code)}` };
  const [short, name] = NAMES[code] ?? [hex(code), 'invisible character'];
  return { short, name: `${name} ${hex(code)}` };
}

function hex(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}
