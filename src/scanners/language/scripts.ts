/** Which script a letter is of; most scripts tell the language, or nearly, by themselves. */

/** Where a script is that of many languages, its name; else the language's code. */
export type Script = string;

/** Scripts whose languages are told by what their words are made of. */
export const SHARED_SCRIPTS = ['Latin', 'Cyrillic', 'Arabic'] as const;

/** First and last code point, in ascending order. */
const RANGES: readonly (readonly [number, number, Script])[] = [
  [0x41, 0x5a, 'Latin'],
  [0x61, 0x7a, 'Latin'],
  [0xaa, 0xaa, 'Latin'],
  [0xba, 0xba, 'Latin'],
  [0xc0, 0xd6, 'Latin'],
  [0xd8, 0xf6, 'Latin'],
  [0xf8, 0x2af, 'Latin'],
  [0x370, 0x3ff, 'el'],
  [0x400, 0x52f, 'Cyrillic'],
  [0x531, 0x587, 'hy'],
  [0x5d0, 0x5f2, 'he'],
  [0x620, 0x6ff, 'Arabic'],
  [0x750, 0x77f, 'Arabic'],
  [0x904, 0x97f, 'hi'],
  [0x985, 0x9fe, 'bn'],
  [0xa05, 0xa76, 'pa'],
  [0xa85, 0xaff, 'gu'],
  [0xb05, 0xb77, 'or'],
  [0xb85, 0xbfa, 'ta'],
  [0xc05, 0xc7f, 'te'],
  [0xc85, 0xcff, 'kn'],
  [0xd05, 0xd7f, 'ml'],
  [0xd85, 0xdf4, 'si'],
  [0xe01, 0xe5b, 'th'],
  [0xe81, 0xedf, 'lo'],
  [0xf40, 0xfbc, 'bo'],
  [0x1000, 0x109f, 'my'],
  [0x10a0, 0x10ff, 'ka'],
  [0x1100, 0x11ff, 'ko'],
  [0x1200, 0x139f, 'am'],
  [0x1780, 0x17dd, 'km'],
  [0x1e00, 0x1eff, 'Latin'],
  [0x1f00, 0x1fff, 'el'],
  [0x3041, 0x30ff, 'ja'],
  [0x3400, 0x9fff, 'zh'],
  [0xac00, 0xd7af, 'ko'],
  [0xf900, 0xfaff, 'zh'],
  [0xff66, 0xff9d, 'ja'],
];

/** Languages whose script is theirs alone here. Several Indian languages share that of Hindi, and are told as Hindi. */
export const SCRIPT_LANGUAGES: readonly string[] = [
  ...new Set(RANGES.map(([, , script]) => script).filter((script) => !isShared(script))),
];

export interface ScriptCount {
  readonly script: Script;
  /** Letters of it. */
  readonly count: number;
  /** Letters of all scripts. */
  readonly letters: number;
}

/** The script that most letters are of; Japanese where Chinese characters stand among kana. Null without letters. */
export function mainScript(text: string): ScriptCount | null {
  const counts = new Map<Script, number>();
  let letters = 0;
  for (let at = 0; at < text.length; at++) {
    const script = scriptOf(text.charCodeAt(at));
    if (script === null) continue;
    counts.set(script, (counts.get(script) ?? 0) + 1);
    letters++;
  }
  const kana = counts.get('ja') ?? 0;
  const characters = counts.get('zh') ?? 0;
  if (kana * 12 >= characters && kana > 0) {
    counts.set('ja', kana + characters);
    counts.delete('zh');
  }
  let main: ScriptCount | null = null;
  for (const [script, count] of counts) if (count > (main?.count ?? 0)) main = { script, count, letters };
  return main;
}

export function isShared(script: Script): script is (typeof SHARED_SCRIPTS)[number] {
  return SHARED_SCRIPTS.some((shared) => shared === script);
}

function scriptOf(code: number): Script | null {
  if (code < 0x80) return (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a ? 'Latin' : null;
  for (const [first, last, script] of RANGES) {
    if (code < first) return null;
    if (code <= last) return script;
  }
  return null;
}
