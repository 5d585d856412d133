/** Finds passwords that programs are given on their command lines under names of one letter: `curl -u`, `mysql -p`. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { createLiteralSearch } from './literal-search.ts';
import { isPlaceholder } from './placeholder.ts';

/** From the program's name to its option. */
const BETWEEN = '(?:[^\\r\\n|;]|\\\\\\r?\\n){0,240}?[ \\t]';
/** Characters before a password that say that it is one. */
export const COMMAND_REACH = 400;
const QUOTED = '(["\']?)';

/** Programs, and what stands between their name and the password. */
const COMMANDS: readonly (readonly [programs: readonly string[], source: string])[] = [
  [
    ['curl', 'wget', 'http '],
    `${BETWEEN}(?:-u|--user|--proxy-user|-U)[ =]{0,2}["']?[^\\s"':$]{0,60}["']?:${QUOTED}`,
  ],
  [['mysql', 'mariadb'], `${BETWEEN}-p${QUOTED}(?![ \\t])`],
  [['sshpass', 'psexec', 'PsExec'], `${BETWEEN}-p[ \\t]{0,2}${QUOTED}`],
  [
    [
      'docker login',
      'podman login',
      'az login',
      'mongo',
      'evil-winrm',
      'crackmapexec',
      'cf login',
      'helm registry login',
    ],
    `${BETWEEN}-p[ \\t]{1,2}${QUOTED}`,
  ],
  [['redis-cli'], `${BETWEEN}-a[ \\t]{1,2}${QUOTED}`],
  [['ldapsearch', 'ldapmodify', 'ldapadd', 'ldapwhoami'], `${BETWEEN}-w[ \\t]{0,2}${QUOTED}`],
  [['htpasswd'], `[ \\t]+-[a-zA-Z]*b[a-zA-Z]*[ \\t]+\\S{1,60}[ \\t]+\\S{1,40}[ \\t]+${QUOTED}`],
  [['smbclient', 'rpcclient', 'smbmap'], `${BETWEEN}-U[ \\t]{0,2}["']?[^\\s"'%]{1,60}%${QUOTED}`],
  [
    ['openssl', 'keytool', 'gpg'],
    `${BETWEEN}(?:-pass(?:in|out|word)?|--passphrase|-storepass|-keypass)[ \\t]{1,2}(?:pass:)?${QUOTED}`,
  ],
  [['mysqladmin'], `${BETWEEN}password[ \\t]{1,2}${QUOTED}`],
  [['rdesktop', 'xfreerdp'], `${BETWEEN}(?:-p[ \\t]{1,2}|/p:)${QUOTED}`],
  [['lftp'], `${BETWEEN}-u[ \\t]{1,2}[^\\s"',]{1,60},${QUOTED}`],
];
const BY_PROGRAM = new Map<string, RegExp[]>();
for (const [programs, source] of COMMANDS)
  for (const program of programs)
    BY_PROGRAM.set(program, [...(BY_PROGRAM.get(program) ?? []), new RegExp(source, 'y')]);
const PROGRAMS = createLiteralSearch([...BY_PROGRAM.keys()]);
const RUN = /[!#-&*-:=?-_a-{}~]{3,128}/y;

export function findOnCommandLines(text: string, from: number, until: number): readonly Sighting[] {
  const found: Sighting[] = [];
  const begin = Math.max(0, from - COMMAND_REACH);
  for (let at = PROGRAMS.next(text, begin); at >= 0 && at < until; at = PROGRAMS.next(text, at + 1)) {
    for (const program of PROGRAMS.at(text, at)) {
      for (const option of BY_PROGRAM.get(program) ?? []) {
        option.lastIndex = at + program.length;
        if (!option.test(text) || option.lastIndex < from) continue;
        const start = option.lastIndex;
        const value = valueAt(text, start);
        if (value !== null)
          found.push({ start, end: start + value.length, kind: 'password', confidence: 0.7 });
      }
    }
  }
  return found;
}

function valueAt(text: string, start: number): string | null {
  RUN.lastIndex = start;
  const value = RUN.exec(text)?.[0].split('-----BEGIN', 1)[0] ?? '';
  // `docker run -u 1000:1000` has numbers, and a lone sign is an option.
  return value.length < 3 || /^[\d.-]+$|^-/.test(value) || isPlaceholder(value) ? null : value;
}
