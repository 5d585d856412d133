/** Whether a JSON text has a key twice, for texts that were parsed already: far cheaper than looking at each character. */
import type { Json } from './json.ts';

const QUOTE = '"';
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const SPACE = 0x20;
/** Deeper than anyone reads, and shallow enough to go down by recursion. */
const MAX_DEPTH = 512;

/**
 * Of two members with the same key (RFC 8259 §4 leaves them undefined) a parser keeps one, so the text has more keys
 * than the parsed value has members. A value that is nested too deep to be counted passes for one with duplicates.
 * @param json what JSON.parse made of the text
 */
export function hasDuplicateKeys(text: string, json: Json): boolean {
  return countKeys(text) !== countMembers(json, 0);
}

/** Counts the strings with a colon behind them. */
function countKeys(text: string): number {
  let count = 0;
  let start = text.indexOf(QUOTE);
  while (start >= 0) {
    let next = endOfString(text, start);
    while (text.charCodeAt(next) <= SPACE) next++;
    if (text.charCodeAt(next) === COLON) count++;
    start = text.indexOf(QUOTE, next);
  }
  return count;
}

/** Index after the closing quote. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf(QUOTE, start + 1); end >= 0; end = text.indexOf(QUOTE, end + 1)) {
    let escapes = 0;
    while (text.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return end + 1;
  }
  return text.length;
}

function countMembers(json: Json | undefined, depth: number): number {
  if (typeof json !== 'object' || json === null) return 0;
  if (depth > MAX_DEPTH) return Number.NaN;
  let count = 0;
  if (Array.isArray(json)) {
    for (const item of json as readonly Json[]) count += countMembers(item, depth + 1);
    return count;
  }
  const object = json as { readonly [key: string]: Json | undefined };
  for (const key in object) {
    const value = object[key];
    count += typeof value === 'object' ? 1 + countMembers(value, depth + 1) : 1;
  }
  return count;
}
