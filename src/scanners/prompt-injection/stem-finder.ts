/** Which of many lists of plain words have one in a text: one pass for all of them, so that most rules cost nothing. */

/** For each list, whether one of its words stands anywhere in the text. */
export type StemFinder = (text: string) => Uint8Array;

/** Slots of the table that a pair of characters is looked up in. */
const SLOTS = 8_192;

interface Stem {
  readonly word: string;
  readonly list: number;
}

/** Words MUST have two characters or more. */
export function createStemFinder(lists: readonly (readonly string[])[]): StemFinder {
  const table: Stem[][] = Array.from({ length: SLOTS }, () => []);
  const isUsed = new Uint8Array(SLOTS);
  for (const [list, words] of lists.entries()) {
    for (const word of words) {
      const slot = slotOf(word.charCodeAt(0), word.charCodeAt(1));
      table[slot]?.push({ word, list });
      isUsed[slot] = 1;
    }
  }
  return (text) => {
    const found = new Uint8Array(lists.length);
    let code = text.charCodeAt(0);
    for (let at = 0; at + 1 < text.length; at++) {
      const next = text.charCodeAt(at + 1);
      const slot = slotOf(code, next);
      code = next;
      if (isUsed[slot] === 0) continue;
      for (const { word, list } of table[slot] ?? [])
        if (found[list] === 0 && text.startsWith(word, at)) found[list] = 1;
    }
    return found;
  };
}

function slotOf(first: number, second: number): number {
  return (Math.imul(first, 0x9e3d) ^ Math.imul(second, 0x01f3)) & (SLOTS - 1);
}
