/** How a credential's structure is written down: what it begins with, and what its parts are made of. */

export interface SecretRule {
  /** The kind that findings carry. */
  readonly id: string;
  readonly title: string;
  /** What stands in it literally: at its beginning, or behind `before`. Only there is the pattern tried. */
  readonly anchors: readonly string[];
  /** How many characters it may have before its anchor, most first. */
  readonly leads: readonly number[];
  /** Source of the pattern, from its beginning on: visible ASCII, bounded, looking no further than one character beyond. */
  readonly pattern: string;
  /** Characters of the longest match. */
  readonly maxLength: number;
  readonly confidence: number;
  /** Whether a checksum inside it is right. A wrong one lowers the confidence: a finger may have slipped. */
  readonly hasChecksum?: (secret: string) => boolean;
  /** Told even where it looks made up: where nothing in it is random, or where it is too short to say. */
  readonly isPlain: boolean;
}

/** A piece of a pattern with the length of its longest match. */
export interface Part {
  readonly source: string;
  readonly min: number;
  readonly max: number;
  /** A character that must not follow where this part ends the pattern; empty where anything may. */
  readonly stop: string;
}
type Written = Part | string;

interface Extras {
  readonly confidence?: number;
  /** What stands before the anchor. */
  readonly before?: Part;
  readonly hasChecksum?: (secret: string) => boolean;
  readonly isPlain?: boolean;
}

export function rule(
  id: string,
  title: string,
  anchors: readonly string[],
  parts: readonly Written[],
  { confidence = 0.95, before, hasChecksum, isPlain = false }: Extras = {},
): SecretRule {
  const anchor = either(...anchors);
  const whole = sequence(...(before ? [before] : []), anchor, ...parts);
  const leads = before ? range(before.min, before.max).toReversed() : [0];
  return {
    id,
    title,
    anchors,
    leads,
    pattern: (before ? '(?<![A-Za-z0-9_~-])' : '') + whole.source + (whole.stop && `(?!${whole.stop})`),
    maxLength: whole.max,
    confidence,
    isPlain,
    ...(hasChecksum ? { hasChecksum } : {}),
  };
}

/** So many characters of an alphabet: between `min` and `max`. */
function of(alphabet: string, stop: string): (min: number, max?: number) => Part {
  return (min, max = min) => ({
    source: `[${alphabet}]{${min},${max}}`,
    min,
    max,
    stop: min === max ? stop : '',
  });
}

const IN_WORD = '[A-Za-z0-9]';
export const digits = of('0-9', IN_WORD);
/** Hexadecimal in small letters. */
export const hex = of('0-9a-f', IN_WORD);
export const anyHex = of('0-9a-fA-F', IN_WORD);
export const lower = of('a-z', IN_WORD);
export const letters = of('A-Za-z', IN_WORD);
/** Base 32, RFC 4648 §6. */
export const base32 = of('A-Z2-7', IN_WORD);
/** Digits and small letters. */
export const base36 = of('0-9a-z', IN_WORD);
/** Digits and capitals. */
export const capitals = of('0-9A-Z', IN_WORD);
export const base62 = of('0-9A-Za-z', IN_WORD);
/** Base 64, RFC 4648 §4, with its padding. */
export const base64 = of('0-9A-Za-z+/=', '[A-Za-z0-9+/]');
/** Base 64 for URLs, RFC 4648 §5. */
export const url64 = of('0-9A-Za-z_-', '[A-Za-z0-9_-]');
/** What may stand in a path or a token without being escaped, RFC 3986 §2.3. */
export const unreserved = of('0-9A-Za-z_.~-', '[A-Za-z0-9_~-]');

/** RFC 9562: five groups of hexadecimal digits. */
export const uuid: Part = {
  source: '[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}',
  min: 36,
  max: 36,
  stop: IN_WORD,
};

/** Nothing of the same alphabet may follow, however many there were. */
export function whole(part: Part, stop = '[A-Za-z0-9]'): Part {
  return { ...part, stop };
}

export function either(...parts: readonly Written[]): Part {
  const all = parts.map(partOf);
  return {
    source: all.length === 1 ? (all[0]?.source ?? '') : `(?:${all.map(({ source }) => source).join('|')})`,
    min: Math.min(...all.map(({ min }) => min)),
    max: Math.max(...all.map(({ max }) => max)),
    stop: all.at(-1)?.stop ?? '',
  };
}

export function sequence(...parts: readonly Written[]): Part {
  const all = parts.map(partOf);
  return {
    source: all.map(({ source }) => source).join(''),
    min: all.reduce((sum, { min }) => sum + min, 0),
    max: all.reduce((sum, { max }) => sum + max, 0),
    stop: all.at(-1)?.stop ?? '',
  };
}

export function optional(...parts: readonly Written[]): Part {
  const whole = sequence(...parts);
  return { ...whole, source: `(?:${whole.source})?`, min: 0 };
}

function partOf(written: Written): Part {
  if (typeof written !== 'string') return written;
  const source = written.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
  return { source, min: written.length, max: written.length, stop: '' };
}

function range(min: number, max: number): readonly number[] {
  return Array.from({ length: max - min + 1 }, (_, index) => min + index);
}
