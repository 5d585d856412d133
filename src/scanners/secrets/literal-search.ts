/** Finds where one of many short literals stands, in one pass over a text. */

export interface LiteralSearch {
  /**
   * Visits every index in text[from, until) at which literals stand, with those, longest first, until a visit says true;
   * whether one did. A visit MUST NOT search in the same way.
   */
  some(
    text: string,
    from: number,
    until: number,
    visit: (at: number, standing: readonly string[]) => boolean | void,
  ): boolean;
}

const NONE: readonly string[] = [];
const SLOTS = 1 << 16;
/** A literal of three characters or fewer may stand here, or a longer one if the fourth fits: prose has many of three. */
const SHORT = 2;
const LONGER = 1;
/** Characters that are looked at in one go, and those behind them that a look needs. */
const BLOCK = 4_096;
const BEHIND = 3;

/** Literals are visible ASCII of at least two characters; with `ignoreCase` they are given in lower case. */
export function createLiteralSearch(
  literals: readonly string[],
  { ignoreCase = false }: { readonly ignoreCase?: boolean } = {},
): LiteralSearch {
  /** Setting this bit lowers letters and maps the rest onto itself or a neighbour, which `at` then tells apart. */
  const fold = ignoreCase ? 0x20 : 0;
  const buckets = new Map<number, string[]>();
  const marked = new Uint8Array(SLOTS);
  const fourths = new Uint8Array(SLOTS);
  const sorted = literals.toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));
  for (const literal of sorted) {
    for (const slot of slotsOf(literal, fold)) {
      if (literal.length > 3) fourths[nextSlot(slot, literal.charCodeAt(3) | fold)] = 1;
      marked[slot] = Math.max(marked[slot] ?? 0, literal.length > 3 ? LONGER : SHORT);
      buckets.set(slot, [...(buckets.get(slot) ?? []), literal]);
    }
  }
  // Bytes are read several times faster than characters. What lies beyond them is cut to look like some: `standingAt` tells.
  const bytes = Buffer.alloc(BLOCK + BEHIND);

  function standingAt(text: string, index: number): readonly string[] {
    const first = text.charCodeAt(index) | fold;
    const second = text.charCodeAt(index + 1) | fold;
    const bucket = buckets.get(slotOf(first, second, text.charCodeAt(index + 2) | fold));
    let standing = NONE;
    for (const literal of bucket ?? NONE)
      if (stands(text, index, literal, ignoreCase) && (literal.length > 2 || goesOn(text, index + 2)))
        standing = [...standing, literal];
    return standing;
  }

  /** The first place at or after `from` where a literal may stand; `length` where none is. */
  function next(from: number, length: number): number {
    let first = (bytes[from] ?? 0) | fold;
    let second = (bytes[from + 1] ?? 0) | fold;
    for (let at = from; at < length; at++) {
      const third = (bytes[at + 2] ?? 0) | fold;
      const slot = slotOf(first, second, third);
      const mark = marked[slot];
      if (mark === SHORT) return at;
      if (mark === LONGER && fourths[nextSlot(slot, (bytes[at + 3] ?? 0) | fold)] === 1) return at;
      first = second;
      second = third;
    }
    return length;
  }

  return {
    some(text, from, until, visit) {
      const end = Math.min(until, text.length);
      for (let start = from; start < end; start += BLOCK) {
        const length = Math.min(BLOCK, end - start);
        const written = bytes.write(text.slice(start, start + length + BEHIND), 'latin1');
        for (let at = written; at < length + BEHIND; at++) bytes[at] = 0;
        for (let at = next(0, length); at < length; at = next(at + 1, length)) {
          const standing = standingAt(text, start + at);
          if (standing.length > 0 && visit(start + at, standing) === true) return true;
        }
      }
      return false;
    },
  };
}

function stands(text: string, index: number, literal: string, ignoreCase: boolean): boolean {
  if (!ignoreCase) return text.startsWith(literal, index);
  for (let i = 0; i < literal.length; i++) {
    const code = text.charCodeAt(index + i);
    const small = code >= 0x41 && code <= 0x5a ? code | 0x20 : code;
    if (small !== literal.charCodeAt(i)) return false;
  }
  return true;
}

/** Without case, a space folds to what the end of the text folds to. */
function goesOn(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return Number.isNaN(code) || (code > 0x20 && code < 0x7f);
}

function slotOf(first: number, second: number, third: number): number {
  return (first * 1_021 + second * 127 + third) & (SLOTS - 1);
}

function nextSlot(slot: number, fourth: number): number {
  return (slot * 61 + fourth) & (SLOTS - 1);
}

/** A literal of two characters may be followed by anything visible, or by the end of the text. */
function slotsOf(literal: string, fold: number): readonly number[] {
  const first = literal.charCodeAt(0) | fold;
  const second = literal.charCodeAt(1) | fold;
  if (literal.length > 2) return [slotOf(first, second, literal.charCodeAt(2) | fold)];
  const followers = Array.from({ length: 0x7f - 0x21 }, (_, index) => (index + 0x21) | fold);
  return [...new Set([...followers, Number.NaN | fold].map((follower) => slotOf(first, second, follower)))];
}
