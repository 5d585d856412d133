/** Hosts whose letters look like others: scripts mixed in one label, and labels that read as a known name. */
import { domainToUnicode } from 'node:url';

/** Letters that read as Latin ones in common fonts, after accents are taken off (a part of Unicode's confusables, UTS 39). */
const LOOKS_LIKE: ReadonlyMap<string, string> = new Map(
  Object.entries({
    a: 'аɑα',
    b: 'ЬьƄʙ',
    c: 'сϲᴄ',
    d: 'ԁɗ',
    e: 'еҽє',
    f: 'ƒẝ',
    g: 'ɡցɢ',
    h: 'һհ',
    i: 'іıɩιӏ',
    j: 'јϳ',
    k: 'кκᴋ',
    l: 'ӏłⅼ',
    m: 'мᴍ',
    n: 'ոռո',
    o: 'оοօסഠ',
    p: 'рρ',
    q: 'ԛգ',
    r: 'гᴦ',
    s: 'ѕꜱ',
    t: 'тτᴛ',
    u: 'υսʋ',
    v: 'νѵᴠ',
    w: 'ԝωѡᴡ',
    x: 'хχ',
    y: 'уүγ',
    z: 'ᴢʐ',
  }).flatMap(([latin, letters]) => Array.from(letters, (letter) => [letter, latin] as const)),
);

const SCRIPTS: readonly (readonly [string, RegExp])[] = [
  ['latin', /\p{Script=Latin}/u],
  ['asian', /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u],
  ['cyrillic', /\p{Script=Cyrillic}/u],
  ['greek', /\p{Script=Greek}/u],
  ['armenian', /\p{Script=Armenian}/u],
  ['cherokee', /\p{Script=Cherokee}/u],
  [
    'other',
    /[^\P{L}\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Common}]/u,
  ],
];

/** How sure it is that a host, in punycode, passes itself off as another; 0 where nothing speaks for it. */
export function homographConfidence(hostname: string, isKnownName: (label: string) => boolean): number {
  if (!hostname.includes('xn--')) return 0;
  const labels = hostname.split('.');
  const hasPlainTop = !labels.at(-1)?.startsWith('xn--');
  let most = 0;
  for (const label of labels.slice(0, -1)) {
    if (!label.startsWith('xn--')) continue;
    const written = domainToUnicode(label);
    const read = readAsLatin(written);
    if (isKnownName(read)) return 0.95;
    const scripts = scriptsOf(written);
    // Latin beside the scripts of East Asia is common, and mistaken for nothing (UTS 39 §5.2, highly restrictive).
    if (scripts.size > 2 || (scripts.size === 2 && !scripts.has('asian'))) most = Math.max(most, 0.9);
    else if (hasPlainTop && !scripts.has('latin') && /^[a-z0-9-]+$/.test(read)) most = Math.max(most, 0.6);
  }
  return most;
}

function scriptsOf(label: string): ReadonlySet<string> {
  return new Set(SCRIPTS.filter(([, pattern]) => pattern.test(label)).map(([name]) => name));
}

/** The label as a quick reader takes it. */
function readAsLatin(label: string): string {
  let read = '';
  for (const letter of label.normalize('NFKD').replace(/\p{M}/gu, ''))
    read += LOOKS_LIKE.get(letter) ?? letter;
  return read;
}
