/** Which of many lists of plain words have one in a text, and about where: one pass for all, so that most rules cost nothing. */

/** Lists of which a word begins in the blocks of text[start, end), in their order; none that has a word there is left out. */
export type StemsIn = (start: number, end: number) => readonly number[];

/** Looks at text[from, to). */
export type StemFinder = (text: string, from: number, to: number) => StemsIn;

/** Slots of the table that a pair of characters is looked up in. */
const SLOTS = 8_192;
/** Characters of a block, as a power of two. */
const BLOCK_BITS = 6;
const NONE: readonly number[] = [];
const NOWHERE: StemsIn = () => NONE;

interface Stem {
  readonly word: string;
  readonly list: number;
}

/** Words MUST have two characters or more. */
export function createStemFinder(lists: readonly (readonly string[])[]): StemFinder {
  const { table, isUsed } = tableOf(lists);
  return (text, from, to) => {
    /** For each block in which a word begins, its lists. */
    let blocks: Map<number, Set<number>> | null = null;
    let code = text.charCodeAt(from);
    for (let at = from; at < to; at++) {
      const next = text.charCodeAt(at + 1);
      const slot = slotOf(code, next);
      code = next;
      if (isUsed[slot] === 0) continue;
      for (const { word, list } of table[slot] ?? [])
        if (text.startsWith(word, at)) mark((blocks ??= new Map()), at >> BLOCK_BITS, list);
    }
    return blocks ? stemsIn(blocks) : NOWHERE;
  };
}

function tableOf(lists: readonly (readonly string[])[]): {
  readonly table: readonly (readonly Stem[])[];
  readonly isUsed: Uint8Array;
} {
  const table: Stem[][] = Array.from({ length: SLOTS }, () => []);
  const isUsed = new Uint8Array(SLOTS);
  for (const [list, words] of lists.entries()) {
    for (const word of words) {
      const slot = slotOf(word.charCodeAt(0), word.charCodeAt(1));
      table[slot]?.push({ word, list });
      isUsed[slot] = 1;
    }
  }
  return { table, isUsed };
}

function mark(blocks: Map<number, Set<number>>, block: number, list: number): void {
  const lists = blocks.get(block);
  if (lists) lists.add(list);
  else blocks.set(block, new Set([list]));
}

function stemsIn(blocks: ReadonlyMap<number, ReadonlySet<number>>): StemsIn {
  return (start, end) => {
    let found: Set<number> | null = null;
    for (let block = start >> BLOCK_BITS; block <= end >> BLOCK_BITS; block++)
      for (const list of blocks.get(block) ?? NONE) (found ??= new Set()).add(list);
    return found ? [...found].sort((a, b) => a - b) : NONE;
  };
}

function slotOf(first: number, second: number): number {
  return (Math.imul(first, 0x9e3d) ^ Math.imul(second, 0x01f3)) & (SLOTS - 1);
}
