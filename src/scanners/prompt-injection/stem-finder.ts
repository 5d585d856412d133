/** Which of many lists of plain words have one in a text, and about where: one pass for all, so that most rules cost nothing. */

/** Lists of which a word begins in the blocks of text[start, end), in their order; none that has a word there is left out. */
export type StemsIn = (start: number, end: number) => readonly number[];

/** Looks at text[from, to). */
export type StemFinder = (text: string, from: number, to: number) => StemsIn;

/** Slots of a table that the beginning of a word is looked up in. */
const SLOTS = 16_384;
/** Characters of a block, as a power of two. */
const BLOCK_BITS = 6;
const NONE: readonly number[] = [];
const NO_STEMS: readonly Stem[] = [];
const NOWHERE: StemsIn = () => NONE;

interface Stem {
  readonly word: string;
  readonly list: number;
}

/** Words MUST have two characters or more. */
export function createStemFinder(lists: readonly (readonly string[])[]): StemFinder {
  const stems = lists.flatMap((words, list) => words.map((word) => ({ word, list })));
  const pairs = tableOf(stems.filter(({ word }) => word.length === 2));
  const triples = tableOf(stems.filter(({ word }) => word.length > 2));
  return (text, from, to) => {
    /** For each block in which a word begins, its lists. */
    let blocks: Map<number, Set<number>> | null = null;
    const note = (table: Table, slot: number, at: number): void => {
      for (const { word, list } of table.stems[slot] ?? NO_STEMS)
        if (text.startsWith(word, at)) mark((blocks ??= new Map()), at >> BLOCK_BITS, list);
    };
    let code = text.charCodeAt(from);
    let next = text.charCodeAt(from + 1);
    for (let at = from; at < to; at++) {
      const third = text.charCodeAt(at + 2);
      const pair = slotOf(code, next, 0);
      const triple = slotOf(code, next, third);
      if (pairs.isUsed[pair] === 1) note(pairs, pair, at);
      if (triples.isUsed[triple] === 1) note(triples, triple, at);
      code = next;
      next = third;
    }
    return blocks ? stemsIn(blocks) : NOWHERE;
  };
}

interface Table {
  readonly stems: readonly (readonly Stem[])[];
  readonly isUsed: Uint8Array;
}

/** By the first two characters, or three. */
function tableOf(stems: readonly Stem[]): Table {
  const table: Stem[][] = Array.from({ length: SLOTS }, () => []);
  const isUsed = new Uint8Array(SLOTS);
  for (const stem of stems) {
    const { word } = stem;
    const slot = slotOf(word.charCodeAt(0), word.charCodeAt(1), word.length > 2 ? word.charCodeAt(2) : 0);
    table[slot]?.push(stem);
    isUsed[slot] = 1;
  }
  return { stems: table, isUsed };
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

function slotOf(first: number, second: number, third: number): number {
  return (Math.imul(first, 0x9e3d) ^ Math.imul(second, 0x01f3) ^ Math.imul(third, 0x2b1d)) & (SLOTS - 1);
}
