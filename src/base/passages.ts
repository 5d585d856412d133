/** Cuts a text into passages that end with a sentence where one ends in time; every beginning of the text is cut alike. */

/** In UTF-16 offsets; end is exclusive. */
export interface Passage {
  readonly start: number;
  readonly end: number;
}

export interface PassageSizes {
  /** A sentence that ends before this many characters takes the next one along. */
  readonly enough: number;
  /** Where no sentence has ended in this many characters the passage ends all the same, between words if it can. */
  readonly most: number;
}

/** The passages from `from` on; the last one ends with the text, whether or not more could come. */
export function* passages(text: string, from: number, sizes: PassageSizes): Generator<Passage, void> {
  let start = from;
  while (start < text.length) {
    const end = passageEnd(text, start, sizes) ?? text.length;
    yield { start, end };
    start = end;
  }
}

/** Where the passage begins that more text could still make longer; the text's length where there is none. */
export function openPassage(text: string, from: number, sizes: PassageSizes): number {
  let start = from;
  for (;;) {
    const end = passageEnd(text, start, sizes);
    if (end === null) return start;
    start = end;
  }
}

/** The passage without the white space around it; null where there is nothing else in it. */
export function trimmed(text: string, { start, end }: Passage): Passage | null {
  let first = start;
  let last = end;
  while (first < last && isSpace(text.charCodeAt(first))) first++;
  while (last > first && isSpace(text.charCodeAt(last - 1))) last--;
  return first < last ? { start: first, end: last } : null;
}

/** Null while it depends on text that has not come. */
function passageEnd(text: string, start: number, { enough, most }: PassageSizes): number | null {
  const limit = start + most;
  const stop = Math.min(limit, text.length);
  for (let end = start + Math.max(1, enough); end < stop; end++) if (endsSentence(text, end)) return end;
  return limit >= text.length ? null : cutLongRun(text, start, limit);
}

/** Looks one character ahead: `3.5` and `example.com` end nothing. */
function endsSentence(text: string, end: number): boolean {
  const last = text.charCodeAt(end - 1);
  if (last === 0x0a || last === 0x3002 || last === 0xff01 || last === 0xff1f) return true;
  const isStop = last === 0x2e || last === 0x21 || last === 0x3f || last === 0x2026;
  return isStop && isSpace(text.charCodeAt(end));
}

/** Between words in the last quarter, and never within a surrogate pair. */
function cutLongRun(text: string, start: number, limit: number): number {
  const earliest = limit - Math.floor((limit - start) / 4);
  for (let end = limit; end > earliest; end--) if (isSpace(text.charCodeAt(end - 1))) return end;
  const isPair =
    (text.charCodeAt(limit - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(limit) & 0xfc00) === 0xdc00;
  return isPair ? limit - 1 : limit;
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0x3000;
}
