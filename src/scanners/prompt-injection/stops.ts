/** How many full stops, exclamation and question marks a match of a pattern may hold: with more of them it cannot go on. */

const STOPS = ['.', '!', '?'] as const;

/** Infinity where nothing bounds them. Counts too many rather than too few. */
export function stopsIn({ source }: RegExp): number {
  const reader = { source, at: 0 };
  const most = alternatives(reader);
  return reader.at === source.length ? most : Infinity;
}

interface Reader {
  readonly source: string;
  at: number;
}

function alternatives(reader: Reader): number {
  let most = sequence(reader);
  while (reader.source.charAt(reader.at) === '|') {
    reader.at++;
    most = Math.max(most, sequence(reader));
  }
  return most;
}

function sequence(reader: Reader): number {
  let sum = 0;
  while (reader.at < reader.source.length && !'|)'.includes(reader.source.charAt(reader.at))) {
    const one = atom(reader);
    const times = quantifier(reader);
    sum += one === 0 ? 0 : one * times;
  }
  return sum;
}

function atom(reader: Reader): number {
  const { source, at } = reader;
  const first = source.charAt(at);
  if (first === '(') return group(reader);
  const one = first === '[' || first === '\\' ? (read(reader, CLASS_OR_ESCAPE)?.[0] ?? first) : first;
  if (one === first) reader.at++;
  return holdsStop(one) ? 1 : 0;
}

const CLASS_OR_ESCAPE = /\[(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u[0-9a-fA-F]{4}|\\./y;

function read(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.source);
  if (found) reader.at = pattern.lastIndex;
  return found;
}

function group(reader: Reader): number {
  const [opening = '('] = read(reader, OPENING) ?? [];
  const most = alternatives(reader);
  reader.at++;
  // What is only looked at is not part of the match.
  return LOOKS.includes(opening) ? 0 : most;
}

const OPENING = /\((?:\?(?:[:=!]|<[=!]|<\w+>))?/y;
const LOOKS = ['(?=', '(?!', '(?<=', '(?<!'];

function quantifier(reader: Reader): number {
  const found = '?*+{'.includes(reader.source.charAt(reader.at)) ? read(reader, QUANTIFIER) : null;
  if (!found) return 1;
  const [, sign, least, comma, most] = found;
  if (sign !== undefined) return sign === '?' ? 1 : Infinity;
  if (comma === undefined) return Number(least);
  return most === undefined ? Infinity : Number(most);
}

const QUANTIFIER = /(?:([?*+])|\{(\d+)(?:(,)(\d+)?)?\})\??/y;

const known = new Map<string, boolean>();

function holdsStop(one: string): boolean {
  if (one.length === 1 && one !== '.') return one === '!' || one === '?';
  let holds = known.get(one);
  if (holds === undefined) {
    holds = matchesStop(one);
    known.set(one, holds);
  }
  return holds;
}

function matchesStop(one: string): boolean {
  if (one === '\\b' || one === '\\B') return false;
  // What a group has caught may be anything.
  if (/^\\[1-9k]/.test(one)) return true;
  const pattern = new RegExp(`^(?:${one})$`, /^\\[pP]/.test(one) ? 'u' : '');
  return STOPS.some((stop) => pattern.test(stop));
}

const isStop = new Uint8Array(0x80);
for (const stop of STOPS) isStop[stop.charCodeAt(0)] = 1;

/** The first place from which a match may begin that holds up to `most` stops and ends behind `end`, not before `from`. */
export function beginFor(text: string, from: number, end: number, most: number): number {
  if (most === Infinity) return from;
  let left = most;
  for (let at = end - 1; at >= from; at--) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80 && isStop[unit] === 1 && left-- === 0) return at + 1;
  }
  return from;
}
