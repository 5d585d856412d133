/** Finds where one of many short literals stands, in one pass over a text. */

export interface LiteralSearch {
  /** The first index at or after `from` at which a literal may stand: `at` says which; -1 where none does. */
  next(text: string, from: number): number;
  /** The literals that stand at the index, longest first. */
  at(text: string, index: number): readonly string[];
}

const NONE: readonly string[] = [];
const SLOTS = 1 << 16;

/** Literals are visible ASCII of at least two characters; with `ignoreCase` they are given in lower case. */
export function createLiteralSearch(
  literals: readonly string[],
  { ignoreCase = false }: { readonly ignoreCase?: boolean } = {},
): LiteralSearch {
  /** Setting this bit lowers letters and maps the rest onto itself or a neighbour, which `at` then tells apart. */
  const fold = ignoreCase ? 0x20 : 0;
  const buckets = new Map<number, string[]>();
  const marked = new Uint8Array(SLOTS);
  const sorted = literals.toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));
  for (const literal of sorted) {
    for (const slot of slotsOf(literal, fold)) {
      marked[slot] = 1;
      buckets.set(slot, [...(buckets.get(slot) ?? []), literal]);
    }
  }
  return {
    next(text, from) {
      const last = text.length - 2;
      if (from > last) return -1;
      let first = text.charCodeAt(from) | fold;
      let second = text.charCodeAt(from + 1) | fold;
      for (let index = from; index < last; index++) {
        const third = text.charCodeAt(index + 2) | fold;
        if (marked[slotOf(first, second, third)] === 1) return index;
        first = second;
        second = third;
      }
      return marked[slotOf(first, second, fold)] === 1 ? last : -1;
    },
    at(text, index) {
      const first = text.charCodeAt(index) | fold;
      const second = text.charCodeAt(index + 1) | fold;
      const bucket = buckets.get(slotOf(first, second, text.charCodeAt(index + 2) | fold));
      let standing = NONE;
      for (const literal of bucket ?? NONE)
        if (stands(text, index, literal, ignoreCase)) standing = [...standing, literal];
      return standing;
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

function slotOf(first: number, second: number, third: number): number {
  return (first * 1_021 + second * 127 + third) & (SLOTS - 1);
}

/** A literal of two characters may be followed by anything visible, or by the end of the text. */
function slotsOf(literal: string, fold: number): readonly number[] {
  const first = literal.charCodeAt(0) | fold;
  const second = literal.charCodeAt(1) | fold;
  if (literal.length > 2) return [slotOf(first, second, literal.charCodeAt(2) | fold)];
  const followers = Array.from({ length: 0x7f - 0x21 }, (_, index) => (index + 0x21) | fold);
  return [...new Set([...followers, Number.NaN | fold].map((follower) => slotOf(first, second, follower)))];
}
