/** What an act is aimed at: mail addresses, hosts, accounts, files and commands, each as keys that compare. */
import type { Span } from '../../domain/finding.ts';

/** `reach`: where something can be sent; `account`: a number of one, or of a telephone; `thing`: a file, a command. */
export type TargetSort = 'reach' | 'account' | 'thing';

export interface Target extends Span {
  readonly sort: TargetSort;
  /** The same for the same target however it is written; any one that compares will do. */
  readonly keys: readonly string[];
}

/** Characters from where a target begins that decide it. */
export const TARGET_DECISION = 400;

/** Shorter numbers are amounts, years and counts. */
const MIN_ACCOUNT = 8;
const MAX_TARGET = TARGET_DECISION - 1;
const MAIL = /[\w.+%-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.[a-z]{2,24}(?![\w-])/iy;
const ADDRESS = /(?:(?:https?|wss?|ftp):\/\/|www\.)[^\s"'<>`\\]{3,300}/iy;
const HOST = /(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}(?:\/[^\s"'<>`\\]{0,200})?/iy;
const ACCOUNT =
  /(?!\d{4}-\d\d-\d\d|\d\d?[./-]\d\d?[./-]\d)\+?[A-Za-z]{0,4}[ -]?\d(?:[ -]?\d|[A-Za-z]{1,4}\d|[ -][A-Z]{2,4}[ -]?\d){5,40}(?![\p{L}\d])/uy;
const WALLET = /(?=[a-z]{0,40}\d)[a-z0-9]{24,90}(?![\w-])/iy;
const FILE = /(?:[a-z]:\\|~?\/|\.{1,2}\/)[\w.@+-]{1,64}(?:[\\/][\w.@+-]{1,64}){0,12}[\\/]?/iy;
const COMMAND =
  /(?:sudo )?(?:npm|npx|pnpm|yarn|pip3?|git|docker|kubectl|curl|wget|rm|mv|cp|chmod|chown|bash|sh|python3?|node|systemctl|service|apt|apt-get|brew|cargo|terraform|aws|gcloud|az|ssh|scp|psql|mysql|powershell|reg|crontab|kill|make)(?: {1,2}[^\s"'`|;&<>]{1,80}){1,3}/iy;
/** No target is cut inside a surrogate pair. */
const HALF_PAIR = /[\ud800-\udbff]$/;
const PUNCTUATION = /[.,;:!?)\]}*_~|]+$/;
/** File endings that look like top-level labels; what a host is written with says otherwise. */
const FILE_ENDING =
  /\.(?:txt|md|csv|json|ya?ml|xml|html?|pdf|docx?|xlsx?|pptx?|png|jpe?g|gif|zip|gz|tar|js|ts|py|sh|go|rs|java|rb|php|c|h|cpp|log|ini|toml|env|sql|css|lock|cfg|conf|eml|ics)$/i;
const KNOWN_TOP_LEVEL =
  /\.(?:com|net|org|io|co|app|dev|xyz|top|info|biz|online|site|club|store|tech|ru|cn|de|fr|uk|eu|example|test|me|ai|tv|ws|cc|us|link|live|shop|pw|su|ly|gg|sh|to|in|br|es|it|nl|pl|jp|kr|ch|at)$/i;

/** Those that begin in text[from, until), leftmost first; none overlaps another unless it begins inside. */
export function* targetsIn(text: string, from: number, until: number): Generator<Target> {
  for (let start = from, end = Math.min(until, text.length); start < end; start++) {
    if (!isBeginning(text, start)) continue;
    const target = targetAt(text, start);
    if (target) yield target;
  }
}

/** Where a word begins, a sign of its own included. */
function isBeginning(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (!isWord(code) && code !== 0x2e && code !== 0x2f && code !== 0x7e && code !== 0x2b) return false;
  const before = text.charCodeAt(at - 1);
  return at === 0 || !(isWord(before) || (before >= 0x2b && before <= 0x2f) || before === 0x40);
}

function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f
  );
}

type Reader = (written: string) => Omit<Target, keyof Span> | null;

/** The first that matches is meant. */
const SORTS: readonly (readonly [RegExp, Reader])[] = [
  [MAIL, (written) => ({ sort: 'reach', keys: [written.toLowerCase()] })],
  [ADDRESS, (written) => ({ sort: 'reach', keys: hostKeys(written.replace(/^[a-z]+:\/\//i, '')) })],
  [COMMAND, (written) => ({ sort: 'thing', keys: commandKeys(written) })],
  [FILE, (written) => (written.length < 6 ? null : { sort: 'thing', keys: [written.toLowerCase()] })],
  [HOST, readHost],
  [ACCOUNT, readAccount],
  [WALLET, (written) => ({ sort: 'reach', keys: [accountKey(written)] })],
];

function targetAt(text: string, start: number): Target | null {
  const near = text.slice(start, start + MAX_TARGET);
  for (const [pattern, read] of SORTS) {
    pattern.lastIndex = 0;
    const written = pattern.exec(near)?.[0].replace(PUNCTUATION, '').replace(HALF_PAIR, '');
    const target = written ? read(written) : null;
    if (written && target) return { start, end: start + written.length, ...target };
  }
  return null;
}

function readHost(written: string): ReturnType<Reader> {
  const [host = ''] = written.split('/');
  if (!KNOWN_TOP_LEVEL.test(host) || FILE_ENDING.test(host)) return null;
  return { sort: 'reach', keys: hostKeys(written) };
}

function readAccount(written: string): ReturnType<Reader> {
  const key = accountKey(written);
  return key.length < MIN_ACCOUNT ? null : { sort: 'account', keys: [key] };
}

/** The page, and the host that it is on: what is appended to it is a model's own doing. */
function hostKeys(address: string): readonly string[] {
  const [path = ''] = address
    .toLowerCase()
    .replace(/^www\./, '')
    .split(/[?#{[]/);
  const [host = ''] = path.split('/');
  const [name = ''] = host.slice(host.indexOf('@') + 1).split(':');
  return name === '' ? [] : [path.replace(/\/$/, ''), name];
}

/** Digits and letters alone. */
export function accountKey(written: string): string {
  return written.replace(/[ +-]/g, '').toLowerCase();
}

/** The program with what follows it, and with less. */
function commandKeys(written: string): readonly string[] {
  const words = written.toLowerCase().split(/ +/);
  return [words.length, 3]
    .filter((count) => count <= words.length && count > 1)
    .map((count) => words.slice(0, count).join(' '));
}
