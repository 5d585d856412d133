/** Finds passwords in files of one account per line: PostgreSQL's .pgpass, and passwd files with DES hashes. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { isPlaceholder } from './placeholder.ts';
import { beforePrivateKey } from './private-key.ts';
import { sortsOf } from './randomness.ts';

/** `host:port:database:user:` */
const PGPASS = /[\w.*/-]{1,64}:(?:\d{1,5}|\*):[\w.*-]{1,40}:[\w.*@-]{1,40}:(?=[!-~])/y;
/** A colon in it is written `\:`; more fields behind it make it another file. */
const PASSWORD = /(?:[!-9;-[\]-~]|\\[!-~]){3,100}(?!:)/y;
/** crypt(3) of old: two characters of salt, eleven of hash. */
const DES = /[\w.@-]{1,40}:(?=[./0-9A-Za-z]{13}(?![^:\s]))/y;
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
    const value = beforePrivateKey(PASSWORD.exec(text)?.[0] ?? '');
    if (kinds.has('password') && value !== '' && !isPlaceholder(value))
      found.push({ start, end: start + value.length, kind: 'password', confidence: 0.8 });
  }
  for (const start of endsOf(DES, text, begin, from, until)) {
    if (kinds.has('password_hash') && sortsOf(text.slice(start, start + DES_LENGTH)) >= 3)
      found.push({ start, end: start + DES_LENGTH, kind: 'password_hash', confidence: 0.6 });
  }
  return found;
}

/** Where the matches end that begin a line. */
function endsOf(
  pattern: RegExp,
  text: string,
  begin: number,
  from: number,
  until: number,
): readonly number[] {
  const ends: number[] = [];
  for (let line = firstLine(text, begin); line >= 0 && line < until; line = lineAfter(text, line)) {
    pattern.lastIndex = line;
    if (pattern.test(text) && pattern.lastIndex >= from && pattern.lastIndex < until)
      ends.push(pattern.lastIndex);
  }
  return ends;
}

function firstLine(text: string, begin: number): number {
  return begin === 0 || text.charAt(begin - 1) === '\n' ? begin : lineAfter(text, begin);
}

/** -1 where there is none. */
function lineAfter(text: string, at: number): number {
  const feed = text.indexOf('\n', at);
  return feed < 0 ? -1 : feed + 1;
}
