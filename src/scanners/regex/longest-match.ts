/** How long a match of an RE2 pattern can be, read off its source; what is not understood has no bound. */

/** A character outside the basic plane takes two UTF-16 units, and nearly every atom can match one. */
const UNITS_PER_ATOM = 2;

/**
 * An upper bound in UTF-16 units; Infinity for a pattern that repeats without end, and for syntax that is not read here
 * (flags set within the pattern, `\Q…\E`, octal escapes).
 */
export function longestMatch(source: string): number {
  const reader = { source, at: 0 };
  const longest = alternatives(reader);
  return reader.at === source.length ? longest * UNITS_PER_ATOM : Infinity;
}

interface Reader {
  readonly source: string;
  at: number;
}

/** Up to the end, or to the parenthesis that closes the group. */
function alternatives(reader: Reader): number {
  let longest = sequence(reader);
  while (reader.source[reader.at] === '|') {
    reader.at++;
    longest = Math.max(longest, sequence(reader));
  }
  return longest;
}

function sequence(reader: Reader): number {
  let length = 0;
  while (reader.at < reader.source.length && !/[|)]/.test(reader.source.charAt(reader.at))) {
    const one = atom(reader);
    const most = repetitions(reader);
    // Nothing, however often, is nothing.
    length += one === 0 ? 0 : one * most;
  }
  return length;
}

const ASSERTION = /\\[bBAz]|[\^$]/y;
const CLASS = /\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]/y;
const ESCAPE = /\\(?:[pP](?:\{[^}]*\}|\w)|x(?:\{[0-9A-Fa-f]+\}|[0-9A-Fa-f]{2})|[dDsSwWafnrtv]|[^\w\s])/y;
const GROUP = /\((?:\?(?::|P?<\w+>))?(?!\?)/y;
const QUANTIFIER = /(?:[*+?]|\{(\d+)(,)?(\d+)?\})[?]?/y;

function atom(reader: Reader): number {
  if (take(reader, ASSERTION)) return 0;
  if (take(reader, CLASS) || take(reader, ESCAPE)) return 1;
  if (take(reader, GROUP)) {
    const longest = alternatives(reader);
    return reader.source[reader.at++] === ')' ? longest : Infinity;
  }
  return /[\\([]/.test(reader.source.charAt(reader.at++)) ? Infinity : 1;
}

function repetitions(reader: Reader): number {
  const match = take(reader, QUANTIFIER);
  if (!match) return 1;
  const [whole, least, comma, most] = match;
  if (whole.startsWith('?')) return 1;
  if (least === undefined) return Infinity;
  if (comma === undefined) return Number(least);
  return most === undefined ? Infinity : Number(most);
}

function take(reader: Reader, what: RegExp): RegExpExecArray | null {
  what.lastIndex = reader.at;
  const match = what.exec(reader.source);
  if (match) reader.at = what.lastIndex;
  return match;
}
