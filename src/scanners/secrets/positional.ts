/** Finds passwords known by their place among the arguments of a program or a function: `mysql -p…`, `login('…', '…')`. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { createLiteralSearch } from './literal-search.ts';
import { isPlaceholder } from './placeholder.ts';
import { beforePrivateKey } from './private-key.ts';

/** Characters before a password that say that it is one. */
export const POSITIONAL_REACH = 400;

/** From a program's name to its option; a backslash at a line's end goes on in the next. */
const BETWEEN = '(?:[^\\r\\n|;]|\\\\\\r?\\n){0,240}?[ \\t]';
const QUOTE = '(?:["\']?)';
/** An argument before the password: a string, or an expression without brackets. */
const ARGUMENT =
  '[ \\t]{0,4}(?:"[^"\\r\\n]{0,60}"|\'[^\'\\r\\n]{0,60}\'|[^\\s"\'(),]{1,40})[ \\t]{0,4},[ \\t]{0,4}';
const STRING = '[ \\t]{0,4}["\']';

/** Programs and functions, and what stands between their name and the password. */
const PLACES: readonly (readonly [names: readonly string[], source: string])[] = [
  [
    ['curl', 'wget', 'http '],
    `${BETWEEN}(?:-u|--user|--proxy-user|-U)[ =]{0,2}["']?[^\\s"':$]{0,60}["']?:${QUOTE}`,
  ],
  [['mysql', 'mariadb'], `${BETWEEN}-p${QUOTE}(?![ \\t])`],
  [['sshpass', 'psexec', 'PsExec', 'PSEXEC'], `${BETWEEN}-p[ \\t]{0,2}${QUOTE}`],
  [
    [
      'docker login',
      'podman login',
      'az login',
      'mongo',
      'evil-winrm',
      'crackmapexec',
      'cf login',
      'registry login',
    ],
    `${BETWEEN}-p[ \\t]{1,2}${QUOTE}`,
  ],
  [['redis-cli'], `${BETWEEN}-a[ \\t]{1,2}${QUOTE}`],
  [['ldapsearch', 'ldapmodify', 'ldapadd', 'ldapwhoami'], `${BETWEEN}-w[ \\t]{0,2}${QUOTE}`],
  [['htpasswd'], `[ \\t]+-[a-zA-Z]*b[a-zA-Z]*[ \\t]+\\S{1,60}[ \\t]+\\S{1,40}[ \\t]+${QUOTE}`],
  [['smbclient', 'rpcclient', 'smbmap'], `${BETWEEN}-U[ \\t]{0,2}["']?[^\\s"'%]{1,60}%${QUOTE}`],
  [
    ['openssl', 'keytool'],
    `${BETWEEN}(?:-pass(?:in|out)?[ \\t]{1,2}pass:|(?:-storepass|-keypass)[ \\t]{1,2})${QUOTE}`,
  ],
  [['mysqladmin'], `${BETWEEN}password[ \\t]{1,2}${QUOTE}`],
  [['rdesktop', 'xfreerdp'], `${BETWEEN}(?:-p[ \\t]{1,2}|/p:)${QUOTE}`],
  [['provider :'], `[a-z_0-9]{2,30}[ \\t]{0,4},${ARGUMENT}${STRING}`],
  [['IDENTIFIED BY', 'identified by'], `[ \\t]{1,4}["']`],
  [['ConvertTo-SecureString'], `[ \\t]{1,2}(?:-String[ \\t]{1,2})?["']`],
  [['lftp'], `${BETWEEN}-u[ \\t]{1,2}[^\\s"',]{1,60},${QUOTE}`],
  [
    ['.login', '.authenticate', 'basicAuth', 'BasicAuth', 'basic_auth', 'Credentials', 'Credential'],
    `\\(${ARGUMENT}${STRING}`,
  ],
  [
    ['mysql_connect', 'mysqli_connect', 'mysqli', 'PDO', 'ftp_login', 'imap_open', 'getConnection'],
    `\\(${ARGUMENT}${ARGUMENT}${STRING}`,
  ],
];

const BY_NAME = new Map<string, RegExp[]>();
for (const [names, source] of PLACES)
  for (const name of names) BY_NAME.set(name, [...(BY_NAME.get(name) ?? []), new RegExp(source, 'y')]);
const NAMES = createLiteralSearch([...BY_NAME.keys()]);
/** Visible ASCII without quotes, brackets and what ends a command. */
const RUN = /[!#-&*-:=?-_a-z{}~]{3,128}/y;

export function findPositional(text: string, from: number, until: number): readonly Sighting[] {
  const found: Sighting[] = [];
  const begin = Math.max(0, from - POSITIONAL_REACH);
  if (!mayHavePlace(text, begin)) return found;
  NAMES.some(text, begin, until, (at, names) => {
    for (const name of names) addPasswords(text, at, name, from, until, found);
  });
  return found;
}

function addPasswords(
  text: string,
  at: number,
  name: string,
  from: number,
  until: number,
  found: Sighting[],
): void {
  for (const place of BY_NAME.get(name) ?? []) {
    place.lastIndex = at + name.length;
    if (!place.test(text)) continue;
    const start = place.lastIndex;
    if (start < from || start >= until || start - at > POSITIONAL_REACH) continue;
    const value = valueAt(text, start);
    if (value !== null) found.push({ start, end: start + value.length, kind: 'password', confidence: 0.7 });
  }
}

/** What every place has before its password: an option, a string that is not the first word's own, or an option's name. */
function mayHavePlace(text: string, begin: number): boolean {
  return (
    stands(text, begin, '-', ' \t') ||
    stands(text, begin, '"', ' \t,') ||
    stands(text, begin, "'", ' \t,') ||
    text.indexOf('/p:', begin) >= 0 ||
    text.indexOf('mysqladmin', begin) >= 0
  );
}

/** Whether the sign stands somewhere right behind one of these characters. */
function stands(text: string, begin: number, sign: string, behind: string): boolean {
  for (let at = text.indexOf(sign, begin); at >= 0; at = text.indexOf(sign, at + 1))
    if (behind.includes(text.charAt(at - 1))) return true;
  return false;
}

function valueAt(text: string, start: number): string | null {
  RUN.lastIndex = start;
  const value = beforePrivateKey(RUN.exec(text)?.[0] ?? '');
  // `docker run -u 1000:1000` has numbers, and what begins with a hyphen is the next option.
  return value.length < 3 || /^[\d.-]+$|^-/.test(value) || isPlaceholder(value) ? null : value;
}
