/** Cuts a text into sentences by what stands there alone, so that a text that still grows is cut as the whole will be. */

/** A longer sentence is cut, at a space where there is one. */
export const MAX_SENTENCE = 300;
/** A shorter one is joined to the next: a heading, a greeting or a list's number says nothing by itself. */
const MIN_SENTENCE = 24;
/** How far back from its longest a sentence may be cut to keep a word whole. */
const MAX_WORD_PART = 60;

/**
 * Where the sentence that begins at `start` ends; null while more text could move its end. It is known not to end at or
 * before `seen`.
 */
export function endOfSentence(text: string, start: number, seen = start): number | null {
  const last = Math.min(text.length - 1, start + MAX_SENTENCE);
  for (let at = Math.max(start + MIN_SENTENCE - 1, seen); at < last; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80 && mayEnd[code] === 0) continue;
    if (isEnd(code, text.charCodeAt(at + 1)) || isEdge(text, at, code)) return at + 1;
  }
  if (last < start + MAX_SENTENCE) return null;
  const end = behindSpace(text, last);
  return isInsidePair(text, end) ? end - 1 : end;
}

/** Behind the last space before `last`, or `last` where the word is too long to be kept whole. */
function behindSpace(text: string, last: number): number {
  for (let end = last; end >= last - MAX_WORD_PART; end--) if (isSpace(text.charCodeAt(end - 1))) return end;
  return last;
}

/** What is looked at more closely; most characters are not. */
const mayEnd = new Uint8Array(0x80);
for (const sign of '\n.!?>"\'') mayEnd[sign.charCodeAt(0)] = 1;

function isEnd(code: number, next: number): boolean {
  switch (code) {
    case 0x0a: // line feed
    case 0x2028:
    case 0x2029:
    case 0x3002: // 。
    case 0xff01: // ！
    case 0xff1f: // ？
    case 0x0964: // ।
    case 0x06d4: // ۔
      return true;
    case 0x2e: // .
    case 0x21: // !
    case 0x3f: // ?
    case 0x2026: // …
    case 0x061f: // ؟
      return isSpace(next);
    default:
      return false;
  }
}

/** Where a value of JSON or of a literal opens or closes, and where a tag ends: what is written between belongs together. */
function isEdge(text: string, at: number, code: number): boolean {
  if (code === 0x3e) return true;
  if (code !== 0x22 && code !== 0x27) return false;
  const next = text.charCodeAt(at + 1);
  if (next === 0x2c || next === 0x7d || next === 0x5d) return true;
  const before = text.charCodeAt(at - 1);
  return before === 0x3a || (before === 0x20 && text.charCodeAt(at - 2) === 0x3a);
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0x3000;
}

function isInsidePair(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
