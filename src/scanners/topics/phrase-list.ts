/** A topic's phrases, and where in a text they stand: whole words, whatever their case, whatever the white space. */

export interface WeightedPhrase {
  readonly phrase: string;
  readonly weight: number;
}

/** One phrase in a text. */
export interface Hit {
  readonly start: number;
  readonly end: number;
  /** The phrase as it was configured, by number: its endings count as the same phrase. */
  readonly phrase: number;
  readonly weight: number;
}

export interface PhraseList {
  /** Characters of the longest form. */
  readonly longest: number;
  /** Every hit that starts at or after `from`, one for each place: the longest. Hits may overlap. */
  hits(text: string, from: number): Generator<Hit, undefined>;
  /** The first offset at or after `from` from which on the text may be the beginning of a form; its length where none is. */
  beginning(text: string, from: number): number;
}

/** The character before a phrase, which may take two units. */
export const REACH = 2;

export function createPhraseList(phrases: readonly WeightedPhrase[], endings: readonly string[]): PhraseList {
  const forms = new Map<string, { phrase: number; weight: number }>();
  for (const [phrase, { phrase: words, weight }] of phrases.entries())
    for (const form of formsOf(fold(words.normalize('NFC')), endings))
      if (!forms.has(form)) forms.set(form, { phrase, weight });
  const pattern = patternOf([...forms.keys()]);
  const beginnings = beginningsOf(forms.keys());
  const longest = Math.max(...[...forms.keys()].map(({ length }) => length));

  function* hits(text: string, from: number): Generator<Hit, undefined> {
    const base = Math.max(0, from - REACH);
    const near = fold(base === 0 ? text : text.slice(base));
    pattern.lastIndex = from - base;
    for (let match = pattern.exec(near); match; match = pattern.exec(near)) {
      const form = forms.get(match[0]);
      const start = base + match.index;
      if (form) yield { start, end: start + match[0].length, ...form };
      // The pattern is shared: whoever reads these hits may look for others meanwhile.
      pattern.lastIndex = match.index + 1;
    }
  }

  return {
    longest,
    hits,
    beginning(text, from) {
      const start = Math.max(from, text.length - longest);
      const tail = fold(text.slice(start));
      for (let at = 0; at < tail.length; at++)
        if (beginnings.has(tail.charAt(at)) && beginnings.has(tail.slice(at))) return start + at;
      return text.length;
    },
  };
}

/** A phrase and what its last word becomes: `gamble` with `ing` is `gambling`, `lottery` with `es` is `lotteries`. */
function formsOf(phrase: string, endings: readonly string[]): readonly string[] {
  const forms = [phrase];
  for (const ending of endings.map(fold)) {
    forms.push(phrase + ending);
    if (!/^[aeiou]/.test(ending)) continue;
    if (phrase.endsWith('e')) forms.push(phrase.slice(0, -1) + ending);
    if (phrase.endsWith('y')) forms.push(`${phrase.slice(0, -1)}i${ending}`);
  }
  return forms;
}

/** In descending order a longer form comes before one that it begins with, so that the longest wins. */
function patternOf(forms: readonly string[]): RegExp {
  const alternatives = forms
    .toSorted((a, b) => (a < b ? 1 : -1))
    .map((form) => form.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${alternatives})(?![\\p{L}\\p{N}_])`, 'gu');
}

function beginningsOf(forms: Iterable<string>): ReadonlySet<string> {
  const beginnings = new Set<string>();
  for (const form of forms)
    for (let length = 1; length <= form.length; length++) beginnings.add(form.slice(0, length));
  return beginnings;
}

/** Lower case, unit by unit, so that every offset stays where it was; any white space is a plain space. */
function fold(text: string): string {
  const lower = text.toLowerCase();
  const folded = lower.length === text.length ? lower : text.replace(/[A-Z]+|\P{ASCII}/gu, lowerOfSameLength);
  // Lower case of a capital sigma depends on what follows it, and what follows may not have come yet.
  return folded.replace(/ς/g, 'σ').replace(/[^\S ]/g, ' ');
}

function lowerOfSameLength(piece: string): string {
  const lower = piece.toLowerCase();
  return lower.length === piece.length ? lower : piece;
}
