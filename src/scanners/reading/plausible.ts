/** Tells text from bytes that happen to be characters: people write letters, and of one script at a time. */

/** As many of its characters as that are letters, digits or spaces: a good third of them where they are entities. */
const MIN_WRITTEN = 0.34;
const WRITTEN = /[\p{L}\p{M}\p{N}\s]/u;

export function isPlausible(text: string | undefined): boolean {
  if (!text) return false;
  let written = 0;
  let count = 0;
  let script: number | null = null;
  for (const character of text) {
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

/** Roughly: blocks of 256 code points, but that Latin, Cyrillic and East Asian writing take several. */
function scriptOf(point: number): number {
  if (point < 0x250 || (point >= 0x1e00 && point < 0x1f00)) return 0;
  if (point >= 0x400 && point < 0x530) return 4;
  const isEastAsian =
    (point >= 0x2e80 && point < 0xa000) || (point >= 0xac00 && point < 0xd7b0) || point >= 0xf900;
  return isEastAsian ? 0x30 : point >> 8;
}
