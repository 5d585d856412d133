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

/** One sequence each: a character of UTF-8 in percent encoding, an entity, an escape. */
const SEQUENCE =
  /(?<url>%[0-7][0-9A-Fa-f]|%[CcDd][0-9A-Fa-f]%[89ABab][0-9A-Fa-f]|%[Ee][0-9A-Fa-f](?:%[89ABab][0-9A-Fa-f]){2}|%[Ff][0-4](?:%[89ABab][0-9A-Fa-f]){3})|&(?:#(?<decimal>\d{1,7})|#[xX](?<hex>[0-9A-Fa-f]{1,6})|(?<name>[A-Za-z]{2,7})(?=;));?|\\(?:u(?<unit>[0-9A-Fa-f]{4})|u\{(?<point>[0-9A-Fa-f]{1,6})\}|U(?<long>[0-9A-Fa-f]{8})|x(?<byte>[0-9A-Fa-f]{2})|(?<octal>[0-3][0-7]{2}))/g;

export function* escapeSequences(source: string): Generator<Replacement> {
  SEQUENCE.lastIndex = 0;
  let high: { start: number; end: number; unit: number } | null = null;
  for (const match of source.matchAll(SEQUENCE)) {
    const start = match.index;
    const end = start + match[0].length;
    const unit = match.groups?.['unit'] === undefined ? -1 : Number.parseInt(match.groups['unit'], 16);
    // Two escaped surrogates are one character.
    if (unit >= 0xd800 && unit <= 0xdbff) {
      high = { start, end, unit };
      continue;
    }
    if (high && high.end === start && unit >= 0xdc00 && unit <= 0xdfff) {
      yield { start: high.start, end, text: String.fromCharCode(high.unit, unit), encoding: 'escapes' };
      high = null;
      continue;
    }
    high = null;
    const read = readSequence(match);
    if (read) yield { start, end, ...read };
  }
}

function readSequence(match: RegExpExecArray): { text: string; encoding: LayerEncoding } | null {
  const { url, decimal, hex, name, unit, point, long, byte, octal } = match.groups ?? {};
  if (url !== undefined) return { text: decodeURIComponent(url), encoding: 'url' };
  if (name !== undefined) {
    const text = ENTITIES.get(name);
    return text === undefined ? null : { text, encoding: 'html' };
  }
  if (decimal !== undefined) return character(Number.parseInt(decimal, 10), 'html');
  if (hex !== undefined) return character(Number.parseInt(hex, 16), 'html');
  if (octal !== undefined) return character(Number.parseInt(octal, 8), 'escapes');
  return character(Number.parseInt(unit ?? point ?? long ?? byte ?? '', 16), 'escapes');
}

function character(point: number, encoding: LayerEncoding): { text: string; encoding: LayerEncoding } | null {
  if (!(point > 0 && point <= 0x10ffff) || (point >= 0xd800 && point <= 0xdfff)) return null;
  return { text: String.fromCodePoint(point), encoding };
}
