/** Which of many lists of plain words have one in a text, and where: one pass for all, so that most rules cost nothing. */

/** Looks at text[from, to), or only at what is new in it. */
export type StemFinder = (text: string, from: number, to: number, earlier?: EarlierStems | null) => Stems;

/** Of an earlier look at a text that has grown since: what stands at `i` stood at `i + shift`. */
export interface EarlierStems {
  readonly stems: Stems;
  readonly shift: number;
}

interface ListFound {
  readonly list: number;
  readonly last: number;
}

/** Slots of a table that the beginning of a word is looked up in. */
const SLOTS = 16_384;
const NO_LISTS: readonly ListFound[] = [];
const NO_STEMS: readonly Stem[] = [];

interface Stem {
  readonly word: string;
  readonly list: number;
}

/** Words MUST have two characters or more. */
export function createStemFinder(lists: readonly (readonly string[])[]): StemFinder {
  const stems = lists.flatMap((words, list) => words.map((word) => ({ word, list })));
  const pairs = tableOf(stems.filter(({ word }) => word.length === 2));
  const triples = tableOf(stems.filter(({ word }) => word.length > 2));
  const longest = Math.max(0, ...stems.map(({ word }) => word.length));
  return (text, from, to, earlier = null) => {
    const found = new Stems(from, to);
    const start = earlier ? found.take(earlier, longest) : from;
    let code = text.charCodeAt(start);
    let next = text.charCodeAt(start + 1);
    for (let at = start; at < to; at++) {
      const third = text.charCodeAt(at + 2);
      const pair = slotOf(code, next, 0);
      const triple = slotOf(code, next, third);
      if (pairs.isUsed[pair] === 1) found.note(pairs.stems.get(pair) ?? NO_STEMS, text, at);
      if (triples.isUsed[triple] === 1) found.note(triples.stems.get(triple) ?? NO_STEMS, text, at);
      code = next;
      next = third;
    }
    return found;
  };
}

/** Where in a part of a text words begin, and of which lists. */
export class Stems {
  readonly #from: number;
  readonly #to: number;
  readonly #places: number[] = [];
  readonly #lists: number[] = [];

  constructor(from: number, to: number) {
    this.#from = from;
    this.#to = to;
  }

  /** The lists of which a word begins in [start, end), in their order, and where the last one does. */
  in(start: number, end: number): readonly ListFound[] {
    if (this.#places.length === 0) return NO_LISTS;
    let found: Map<number, number> | null = null;
    for (let index = this.#firstFrom(start); (this.#places[index] ?? end) < end; index++)
      (found ??= new Map()).set(this.#lists[index] ?? 0, this.#places[index] ?? 0);
    return found
      ? Array.from(found, ([list, last]) => ({ list, last })).sort((a, b) => a.list - b.list)
      : NO_LISTS;
  }

  note(stems: readonly Stem[], text: string, at: number): void {
    for (const { word, list } of stems) if (text.startsWith(word, at)) this.#add(at, list);
  }

  /** What was found earlier; where to go on, before which no word can have gone on since. */
  take({ stems, shift }: EarlierStems, longest: number): number {
    const goOn = stems.#to - shift - longest;
    if (this.#from + shift < stems.#from || goOn <= this.#from || goOn > this.#to) return this.#from;
    for (let index = stems.#firstFrom(this.#from + shift); index < stems.#places.length; index++) {
      const place = (stems.#places[index] ?? 0) - shift;
      if (place >= goOn) break;
      this.#add(place, stems.#lists[index] ?? 0);
    }
    return goOn;
  }

  #add(place: number, list: number): void {
    this.#places.push(place);
    this.#lists.push(list);
  }

  #firstFrom(start: number): number {
    let low = 0;
    let high = this.#places.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#places[middle] ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

interface Table {
  /** By slot. In most of them there are none. */
  readonly stems: ReadonlyMap<number, readonly Stem[]>;
  readonly isUsed: Uint8Array;
}

/** By the first two characters, or three. */
function tableOf(stems: readonly Stem[]): Table {
  const table = new Map<number, Stem[]>();
  const isUsed = new Uint8Array(SLOTS);
  for (const stem of stems) {
    const { word } = stem;
    const slot = slotOf(word.charCodeAt(0), word.charCodeAt(1), word.length > 2 ? word.charCodeAt(2) : 0);
    const others = table.get(slot);
    if (others) others.push(stem);
    else table.set(slot, [stem]);
    isUsed[slot] = 1;
  }
  return { stems: table, isUsed };
}

function slotOf(first: number, second: number, third: number): number {
  return (Math.imul(first, 0x9e3d) ^ Math.imul(second, 0x01f3) ^ Math.imul(third, 0x2b1d)) & (SLOTS - 1);
}
