/** Finds passwords in addresses: `postgres://user:password@host`, `jdbc:oracle:thin:user/password@host`. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { isPlaceholder } from './placeholder.ts';
import { beforePrivateKey } from './private-key.ts';

const MAX_SCHEME = 24;
const MAX_USER = 80;
/** Visible ASCII without quotes, angle brackets, slashes and at signs; the colon ends it. */
const USER = /:\/\/[!#-&(-.0-9;=?A-Z[-~]{0,80}:/y;
const ORACLE_USER = /:thin:[\w$#-]{1,60}\//y;
const PASSWORD = /[!#-&(-.0-;=?A-Z[-~]{3,128}(?=@[^\s"'@])/y;
const ORACLE_PASSWORD = /[!#-&(-.0-;=?A-Z[-~]{3,128}(?=@)/y;
/** Characters before a password that say that it is one. */
export const URL_PASSWORD_REACH = MAX_SCHEME + MAX_USER + 8;

export function findUrlPasswords(text: string, from: number, until: number): readonly Sighting[] {
  const found: Sighting[] = [];
  add(text, '://', USER, PASSWORD, from, until, found);
  add(text, ':thin:', ORACLE_USER, ORACLE_PASSWORD, from, until, found);
  return found;
}

function add(
  text: string,
  mark: string,
  user: RegExp,
  password: RegExp,
  from: number,
  until: number,
  found: Sighting[],
): void {
  const begin = Math.max(0, from - URL_PASSWORD_REACH);
  for (let at = text.indexOf(mark, begin); at >= 0 && at < until; at = text.indexOf(mark, at + 1)) {
    if (at === 0 || !/[A-Za-z0-9+]/.test(text.charAt(at - 1))) continue;
    user.lastIndex = at;
    if (!user.test(text) || user.lastIndex < from) continue;
    password.lastIndex = user.lastIndex;
    const secret = beforePrivateKey(password.exec(text)?.[0] ?? '');
    if (secret === '' || isPlaceholder(secret)) continue;
    const start = user.lastIndex;
    found.push({ start, end: start + secret.length, kind: 'connection_string_password', confidence: 0.9 });
  }
}
