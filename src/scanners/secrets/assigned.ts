/** Finds values that are secret by what they are called: `password = "…"`, and passwords inside connection strings. */
import type { Sighting } from '../../modules/scanning/scanner.ts';

/** Characters before a value that its name and signs may take. */
export const ASSIGNED_REACH = 160;
const MAX_VALUE = 200;
/** Characters from a value's start on that decide it. */
export const ASSIGNED_DECISION = MAX_VALUE + 1;

/** A cheap word with every name below in it. */
const WORTH_A_LOOK = /passw|pwd|secret|token|api.?key|access.?key|auth|credential|:\/\//i;
const NAME =
  /(password|passwd|passphrase|pwd|secret|token|api[_. -]?key|access[_-]?key|auth[_-]?key|credentials?)([A-Za-z0-9_-]{0,20}["'`]?(?:[ \t]{0,4}(?::=|=>|[=:])|\][ \t]{0,4}=)[ \t]{0,4}["'`]?)(?=[!-~]{8})/gi;
/** Visible ASCII without quotes, brackets, commas, semicolons and backslashes. */
const VALUE = /[!#-&*+.-:=?-Z^_a-z|~-]{8,200}/y;
/** A private key that begins right behind a value is not part of it. */
const ARMOR = '-----BEGIN';
const AWS_SECRET = /^[A-Za-z0-9/+]{40}$/;
const PLACEHOLDER =
  /^(?:[*x.#_-]+$|your|my|change|example|placeholder|redacted|dummy|none|null|true|false|undefined|process\.|os\.|env\.|pass(?:word)?$|secret$|\$|%|<|\{)/i;
const CONNECTION =
  /(?<![a-z0-9+])[a-z][a-z0-9+]{1,20}:\/\/[!#-&(-.0-9;=?A-Z[-~]{0,64}:(?=[!#-&(-.0-;=?A-Z[-~]{3,100}@)/gi;
/** Visible ASCII without quotes, angle brackets, slashes and at signs. */
const PASSWORD = /[!#-&(-.0-;=?A-Z[-~]{3,100}/y;

export function findAssigned(
  text: string,
  from: number,
  until: number,
  kinds: ReadonlySet<string>,
): readonly Sighting[] {
  const start = Math.max(0, from - ASSIGNED_REACH);
  const near = start === 0 ? text : text.slice(start);
  if (!WORTH_A_LOOK.test(near)) return NONE;
  const found: Sighting[] = [];
  addNamed(text, start, from, until, kinds, found);
  if (kinds.has('connection_string_password') && text.includes('://', start))
    addConnections(text, start, from, until, found);
  return found;
}

const NONE: readonly Sighting[] = [];

function addNamed(
  text: string,
  searchFrom: number,
  from: number,
  until: number,
  kinds: ReadonlySet<string>,
  found: Sighting[],
): void {
  NAME.lastIndex = searchFrom;
  for (let match = NAME.exec(text); match && match.index < until; match = NAME.exec(text)) {
    const start = match.index + match[0].length;
    NAME.lastIndex = match.index + 1;
    if (start < from) continue;
    VALUE.lastIndex = start;
    const value = VALUE.exec(text)?.[0].split(ARMOR, 1)[0];
    const kind = value === undefined ? null : kindOf(match[1] ?? '', match[2] ?? '', value);
    if (value !== undefined && value.length >= 8 && kind && kinds.has(kind))
      found.push({ start, end: start + value.length, kind, confidence: 0.75 });
  }
}

function kindOf(name: string, rest: string, value: string): string | null {
  if (PLACEHOLDER.test(value)) return null;
  if (/secret|access/i.test(name) && AWS_SECRET.test(value) && hasEntropy(value, 4))
    return 'aws_secret_access_key';
  if (/^pass|^pwd/i.test(name)) return isPassword(value, rest) ? 'password' : null;
  return hasEntropy(value, 3.2) && /\d/.test(value) && /[A-Za-z]/.test(value) && value.length >= 16
    ? 'generic_secret'
    : null;
}

/** Prose says "password: something" too; a password has more than one sort of character. */
function isPassword(value: string, rest: string): boolean {
  const sorts =
    Number(/[a-z]/.test(value)) +
    Number(/[A-Z]/.test(value)) +
    Number(/\d/.test(value)) +
    Number(/[^A-Za-z0-9]/.test(value));
  return sorts >= (/["'`=]/.test(rest) ? 2 : 3) && hasEntropy(value, 2.5);
}

/** Shannon entropy of the characters, in bits each. */
function hasEntropy(value: string, bits: number): boolean {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / value.length) * Math.log2(count / value.length);
  return entropy >= bits;
}

function addConnections(
  text: string,
  searchFrom: number,
  from: number,
  until: number,
  found: Sighting[],
): void {
  CONNECTION.lastIndex = searchFrom;
  for (let match = CONNECTION.exec(text); match && match.index < until; match = CONNECTION.exec(text)) {
    const start = match.index + match[0].length;
    CONNECTION.lastIndex = match.index + 1;
    if (start < from) continue;
    PASSWORD.lastIndex = start;
    const password = PASSWORD.exec(text)?.[0].split(ARMOR, 1)[0];
    if (password !== undefined && password.length > 0 && !PLACEHOLDER.test(password)) {
      found.push({
        start,
        end: start + password.length,
        kind: 'connection_string_password',
        confidence: 0.9,
      });
    }
  }
}
