/** Names and phrases, and where in a text they stand as whole words. */
import type { Span } from '../../domain/finding.ts';

export interface Names {
  /** Characters of the longest; 0 where there are none. */
  readonly longest: number;
  /** Every place at or after `from` where one stands, in order: the longest that stands there. Places may overlap. */
  places(text: string, from: number): readonly Span[];
  /** The first offset from which on the text may be the beginning of one; the text's length where there is none. */
  beginning(text: string): number;
}

/** The character before a name, which may take two units. */
export const BEFORE = 2;

export function createNames(
  names: readonly string[],
  endings: readonly string[],
  isCaseSensitive: boolean,
): Names {
  const folded = isCaseSensitive ? evenlySpaced : fold;
  const plain = names.map((name) => folded(name.normalize('NFC')));
  const forms = [
    ...new Set(plain.flatMap((name) => [name, ...endings.map((ending) => name + folded(ending))])),
  ];
  const pattern = patternOf(forms);
  const beginnings = beginningsOf(forms);
  const longest = Math.max(0, ...forms.map(({ length }) => length));
  return {
    longest,
    places(text, from) {
      const found: Span[] = [];
      const base = Math.max(0, from - BEFORE);
      const near = folded(base === 0 ? text : text.slice(base));
      pattern.lastIndex = from - base;
      for (let match = pattern.exec(near); match; match = pattern.exec(near)) {
        found.push({ start: base + match.index, end: base + pattern.lastIndex });
        pattern.lastIndex = match.index + 1;
      }
      return found;
    },
    beginning(text) {
      const start = Math.max(0, text.length - longest);
      const tail = folded(text.slice(start));
      for (let at = 0; at < tail.length; at++)
        if (beginnings.has(tail.charAt(at)) && beginnings.has(tail.slice(at))) return start + at;
      return text.length;
    },
  };
}

/** In descending order a longer form comes before one that it begins with, so that the longest wins. */
function patternOf(forms: readonly string[]): RegExp {
  const alternatives = forms
    .toSorted((a, b) => (a < b ? 1 : -1))
    .map((form) => form.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|');
  // Of no forms the pattern is one that matches nowhere.
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${alternatives || '(?!)'})(?![\\p{L}\\p{N}_])`, 'gu');
}

function beginningsOf(forms: readonly string[]): ReadonlySet<string> {
  const beginnings = new Set<string>();
  for (const form of forms)
    for (let length = 1; length <= form.length; length++) beginnings.add(form.slice(0, length));
  return beginnings;
}

/** Lower case, unit by unit, so that every offset stays where it was. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  const folded = lower.length === text.length ? lower : text.replace(/[A-Z]+|\P{ASCII}/gu, lowerOfSameLength);
  // Lower case of a capital sigma depends on what follows it, and what follows may not have come yet.
  return evenlySpaced(folded.replace(/ς/g, 'σ'));
}

function lowerOfSameLength(piece: string): string {
  const lower = piece.toLowerCase();
  return lower.length === piece.length ? lower : piece;
}

/** Any white space as a plain space. */
function evenlySpaced(text: string): string {
  return text.replace(/[^\S ]/g, ' ');
}
