/** Cuts a text into pieces at its paragraphs, else between words: the same pieces however far the text has grown. */

/** Two line breaks with nothing to see between them. */
const BLANK_LINE = /\n[ \t\r]{0,80}\n/;

/**
 * Where the piece that begins at `from` ends: behind the first blank line after a quarter of `maxLength`, else behind the
 * last white space of its second half, else at `maxLength`. Null where text to come may still change that.
 */
export function pieceEnd(text: string, from: number, maxLength: number): number | null {
  const earliest = from + Math.floor(maxLength / 4);
  const blank = BLANK_LINE.exec(text.slice(earliest, from + maxLength));
  if (blank) return earliest + blank.index + blank[0].length;
  if (text.length <= from + maxLength) return null;
  for (let at = from + maxLength; at > from + maxLength / 2; at--) {
    if (/\s/.test(text.charAt(at - 1))) return at;
  }
  const isLow = (text.charCodeAt(from + maxLength) & 0xfc00) === 0xdc00;
  return from + maxLength - (isLow && maxLength > 1 ? 1 : 0);
}
