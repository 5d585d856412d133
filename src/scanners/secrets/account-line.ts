/** Finds passwords in files of one account per line: PostgreSQL's .pgpass, and passwd files with DES hashes. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { isPlaceholder } from './placeholder.ts';
import { sortsOf } from './randomness.ts';

/** `host:port:database:user:` */
const PGPASS = /(?<![^\r\n])[\w.*/-]{1,64}:(?:\d{1,5}|\*):[\w.*-]{1,40}:[\w.*@-]{1,40}:(?=[!-~])/g;
const PASSWORD = /[!-~]{3,100}/y;
/** crypt(3) of old: two characters of salt, eleven of hash. */
const DES = /(?<![^\r\n])[\w.@-]{1,40}:(?=[./0-9A-Za-z]{13}(?![^:\s]))/g;
const DES_LENGTH = 13;
/** Characters before a password that say that it is one. */
export const ACCOUNT_REACH = 164;

export function findInAccountLines(
  text: string,
  from: number,
  until: number,
  kinds: ReadonlySet<string>,
): readonly Sighting[] {
  const found: Sighting[] = [];
  const begin = Math.max(0, from - ACCOUNT_REACH);
  for (const start of endsOf(PGPASS, text, begin, from, until)) {
    PASSWORD.lastIndex = start;
    const value = PASSWORD.exec(text)?.[0] ?? '';
    if (kinds.has('password') && value !== '' && !isPlaceholder(value) && !value.includes('-----BEGIN'))
      found.push({ start, end: start + value.length, kind: 'password', confidence: 0.8 });
  }
  for (const start of endsOf(DES, text, begin, from, until)) {
    if (kinds.has('password_hash') && sortsOf(text.slice(start, start + DES_LENGTH)) >= 3)
      found.push({ start, end: start + DES_LENGTH, kind: 'password_hash', confidence: 0.6 });
  }
  return found;
}

/** Where the matches end, by a search of which every place is tried for itself. */
function endsOf(
  pattern: RegExp,
  text: string,
  begin: number,
  from: number,
  until: number,
): readonly number[] {
  if (!text.includes(':', begin)) return [];
  const ends: number[] = [];
  pattern.lastIndex = begin;
  for (let match = pattern.exec(text); match && match.index < until; match = pattern.exec(text)) {
    const end = match.index + match[0].length;
    if (end >= from && end < until) ends.push(end);
    pattern.lastIndex = match.index + 1;
  }
  return ends;
}
