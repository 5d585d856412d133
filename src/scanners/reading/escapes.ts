/** Undoes URL percent encoding, HTML entities and backslash escapes, each sequence by itself. */
import type { LayerEncoding } from './layer.ts';
import type { Replacement } from './replacements.ts';

const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: ' ',
    Tab: '\t',
    NewLine: '\n',
    excl: '!',
    num: '#',
    dollar: '$',
    percnt: '%',
    lpar: '(',
    rpar: ')',
    ast: '*',
    plus: '+',
    comma: ',',
    period: '.',
    sol: '/',
    colon: ':',
    semi: ';',
    equals: '=',
    quest: '?',
    commat: '@',
    lsqb: '[',
    lbrack: '[',
    bsol: '\\',
    rsqb: ']',
    rbrack: ']',
    Hat: '^',
    lowbar: '_',
    grave: '`',
    lcub: '{',
    lbrace: '{',
    verbar: '|',
    vert: '|',
    rcub: '}',
    rbrace: '}',
    hyphen: '-',
    dash: '-',
    ndash: '-',
    mdash: '-',
    lsquo: "'",
    rsquo: "'",
    ldquo: '"',
    rdquo: '"',
    hellip: '...',
    zwnj: '',
    zwj: '',
    shy: '',
    ensp: ' ',
    emsp: ' ',
    thinsp: ' ',
    copy: '©',
    reg: '®',
    euro: '€',
    eacute: 'é',
    egrave: 'è',
    agrave: 'à',
    aacute: 'á',
    auml: 'ä',
    ouml: 'ö',
    uuml: 'ü',
    Auml: 'Ä',
    Ouml: 'Ö',
    Uuml: 'Ü',
    szlig: 'ß',
    ccedil: 'ç',
    ntilde: 'ñ',
    iacute: 'í',
    oacute: 'ó',
    uacute: 'ú',
    ecirc: 'ê',
    acirc: 'â',
    ocirc: 'ô',
  }),
);

/** A character in percent encoding, as RFC 3629 has it: nothing too long, no surrogate. */
const LATER = '%[89ABab][0-9A-Fa-f]';
const PERCENT = [
  '[0-7][0-9A-Fa-f]',
  `(?:[Cc][2-9A-Fa-f]|[Dd][0-9A-Fa-f])${LATER}`,
  `[Ee](?:0%[ABab][0-9A-Fa-f]|[Dd]%[89][0-9A-Fa-f]|[1-9A-Ca-cEFef]${LATER})${LATER}`,
  `[Ff](?:0%[9ABab][0-9A-Fa-f]|[1-3]${LATER}|4%8[0-9A-Fa-f])${LATER}${LATER}`,
].join('|');
const ENTITY = String.raw`&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,7}(?=;));?`;
const BACKSLASH = String.raw`\\(?:u[0-9A-Fa-f]{4}|u\{[0-9A-Fa-f]{1,6}\}|U[0-9A-Fa-f]{8}|x[0-9A-Fa-f]{2}|[0-3][0-7]{2})`;
/** One sequence each. */
const SEQUENCE = new RegExp(`%(?:${PERCENT})|${ENTITY}|${BACKSLASH}`, 'g');

export function escapeSequences(source: string): readonly Replacement[] {
  const found: Replacement[] = [];
  let high: { start: number; end: number; unit: number } | null = null;
  SEQUENCE.lastIndex = 0;
  for (let match = SEQUENCE.exec(source); match; match = SEQUENCE.exec(source)) {
    const [sequence] = match;
    const start = match.index;
    const end = start + sequence.length;
    const unit = unitOf(sequence);
    // Two escaped surrogates are one character.
    if (unit >= 0xd800 && unit <= 0xdbff) {
      high = { start, end, unit };
      continue;
    }
    if (high && high.end === start && unit >= 0xdc00 && unit <= 0xdfff) {
      const text = String.fromCharCode(high.unit, unit);
      found.push({ start: high.start, end, text, encoding: 'escapes', isEscape: true });
      high = null;
      continue;
    }
    high = null;
    const text = readSequence(sequence);
    if (text !== null) found.push({ start, end, text, encoding: encodingOf(sequence), isEscape: true });
  }
  return found;
}

function encodingOf(sequence: string): LayerEncoding {
  if (sequence.startsWith('%')) return 'url';
  return sequence.startsWith('&') ? 'html' : 'escapes';
}

/** Of an escape such as `\\u0041`; -1 of any other sequence. */
function unitOf(sequence: string): number {
  const isUnit = sequence.length === 6 && sequence.startsWith('\\u') && sequence.charAt(2) !== '{';
  return isUnit ? Number.parseInt(sequence.slice(2), 16) : -1;
}

/** Null where it stands for nothing. */
function readSequence(sequence: string): string | null {
  const second = sequence.charAt(1);
  switch (sequence.charAt(0)) {
    case '%':
      return sequence.length === 3
        ? String.fromCharCode(Number.parseInt(sequence.slice(1), 16))
        : decodeURIComponent(sequence);
    case '&':
      return second === '#' ? numbered(sequence) : (ENTITIES.get(withoutEnd(sequence.slice(1))) ?? null);
    default:
      if (second === 'u' || second === 'U' || second === 'x')
        return character(Number.parseInt(sequence.slice(sequence.charAt(2) === '{' ? 3 : 2), 16));
      return character(Number.parseInt(sequence.slice(1), 8));
  }
}

/** `&#65;`, `&#x41;`: what follows the digits ends the number. */
function numbered(sequence: string): string | null {
  const isHexadecimal = (sequence.charCodeAt(2) | 0x20) === 0x78;
  return character(
    isHexadecimal ? Number.parseInt(sequence.slice(3), 16) : Number.parseInt(sequence.slice(2), 10),
  );
}

function withoutEnd(name: string): string {
  return name.endsWith(';') ? name.slice(0, -1) : name;
}

function character(point: number): string | null {
  if (!(point > 0 && point <= 0x10ffff) || (point >= 0xd800 && point <= 0xdfff)) return null;
  return String.fromCodePoint(point);
}
