/** Tells text from bytes that happen to be characters: people write letters, and of one script at a time. */

/** As many of its characters as that are letters, digits or spaces: a good third of them where they are entities. */
const MIN_WRITTEN = 0.34;
const WRITTEN = /[\p{L}\p{M}\p{N}\s]/u;

export function isPlausible(text: string | undefined): boolean {
  if (!text) return false;
  let at = 0;
  let written = 0;
  for (; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0x80) break;
    if (isAsciiWritten(unit)) written++;
  }
  let count = at;
  let script: number | null = null;
  for (const character of at === 0 ? text : text.slice(at)) {
    count++;
    if (!WRITTEN.test(character)) continue;
    written++;
    const point = character.codePointAt(0) ?? 0;
    if (point < 0x80) continue;
    const own = scriptOf(point);
    if (script !== null && own !== script) return false;
    script = own;
  }
  return written >= count * MIN_WRITTEN;
}

function isAsciiWritten(unit: number): boolean {
  const small = unit | 0x20;
  const isSpace = unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  return (small >= 0x61 && small <= 0x7a) || (unit >= 0x30 && unit <= 0x39) || isSpace;
}

/** Roughly: blocks of 256 code points, but that Latin, Cyrillic and East Asian writing take several. */
function scriptOf(point: number): number {
  if (point < 0x250 || (point >= 0x1e00 && point < 0x1f00)) return 0;
  if (point >= 0x400 && point < 0x530) return 4;
  const isEastAsian =
    (point >= 0x2e80 && point < 0xa000) || (point >= 0xac00 && point < 0xd7b0) || point >= 0xf900;
  return isEastAsian ? 0x30 : point >> 8;
}
