/** Where a growing text may still become something: nearly always the word that is being written. */

/** Letters that may stand apart before a number. */
const MAX_PREFIX = 4;

/**
 * The first offset at which a candidate may begin that more text could change; null where it lies further back than
 * `limit` characters. A candidate holds no other characters than visible ASCII and letters, except that joints (spaces and
 * hyphens) may stand between groups of digits and capitals. Phrases are looked after in `phrases.ts`.
 */
export function undecidedFrom(text: string, from: number, limit: number): number | null {
  const stop = Math.max(from, text.length - limit);
  let open = startOfRun(text, text.length, stop);
  let start = open;
  while (start > stop) {
    const end = endBeforeJoints(text, start, stop);
    if (end === stop) {
      start = stop;
      break;
    }
    const goesOn =
      end < start &&
      isGroup(text.charCodeAt(end - 1)) &&
      (start === text.length || isGroup(text.charCodeAt(start)));
    if (!goesOn) break;
    start = startOfRun(text, end, stop);
    if (hasDigit(text, start, end) || endsWithPrefix(text, start, end, open)) open = start;
  }
  return start === stop && stop > from ? null : open;
}

function startOfRun(text: string, end: number, stop: number): number {
  let at = end;
  while (at > stop && isVisible(text.charCodeAt(at - 1))) at--;
  return at;
}

function endBeforeJoints(text: string, start: number, stop: number): number {
  let at = start;
  while (at > stop && isJoint(text.charCodeAt(at - 1))) at--;
  return at;
}

function hasDigit(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 0x30 && code <= 0x39) return true;
  }
  return false;
}

/** A few capitals before a group of digits, or before what has not come yet: "QQ 12 34 56 C". */
function endsWithPrefix(text: string, start: number, end: number, open: number): boolean {
  let at = end;
  while (at > start && end - at <= MAX_PREFIX && isCapital(text.charCodeAt(at - 1))) at--;
  return at < end && end - at <= MAX_PREFIX && isNextGroup(text, end, open);
}

/** Nothing but joints between the prefix and what is undecided already. */
function isNextGroup(text: string, end: number, open: number): boolean {
  let at = end;
  while (at < text.length && isJoint(text.charCodeAt(at))) at++;
  return at >= open;
}

/** ASCII, and letters of the scripts that mail addresses are written in (`email-address.ts`). */
function isVisible(code: number): boolean {
  return (code > 0x20 && code < 0x7f) || (code >= 0xc0 && code < 0x980);
}

function isCapital(code: number): boolean {
  return code >= 0x41 && code <= 0x5a;
}

/** What digit-groups.ts lets stand between groups, beside visible ASCII. */
function isJoint(code: number): boolean {
  return (
    code === 0x20 || code === 0xa0 || code === 0x2009 || code === 0x202f || (code >= 0x2010 && code <= 0x2013)
  );
}

/** Capitals, digits and ( ) + - . / */
function isGroup(code: number): boolean {
  if (code >= 0x30 && code <= 0x39) return true;
  if (isCapital(code)) return true;
  return code === 0x28 || code === 0x29 || code === 0x2b || code === 0x2d || code === 0x2e || code === 0x2f;
}
