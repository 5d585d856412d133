/** Which runs of letters stand in a system prompt, in any of its disguises. */
import { disguisesOf } from './disguises.ts';
import { rollingHashes } from './rolling-hash.ts';

/** Letters of a run: three or four words. One alone says nothing; a passage is made of several. */
export const RUN = 16;
/** Characters of the instructions that are compared; what follows is not. */
const MAX_INSTRUCTIONS = 16_000;

export interface PromptIndex {
  has(hash: number): boolean;
}

/** Null where the instructions are too short to be recognized. */
export function createPromptIndex(instructions: readonly string[]): PromptIndex | null {
  const runs = instructionsWithin(instructions)
    .flatMap(disguisesOf)
    .map((letters) => rollingHashes(letters, RUN))
    .filter(({ length }) => length > 0);
  const count = runs.reduce((sum, { length }) => sum + length, 0);
  return count === 0 ? null : hashTable(runs, count);
}

export function instructionsWithin(instructions: readonly string[]): readonly string[] {
  let room = MAX_INSTRUCTIONS;
  const within: string[] = [];
  for (const text of instructions) {
    if (room <= 0) break;
    within.push(text.slice(0, room));
    room -= text.length;
  }
  return within;
}

/** Open addressing: a set of numbers that is filled in a fraction of the time that `Set` takes. */
function hashTable(runs: readonly Uint32Array[], count: number): PromptIndex {
  const size = 2 ** Math.ceil(Math.log2(count * 2));
  const table = new Uint32Array(size);
  for (const hashes of runs) {
    for (const hash of hashes) {
      let slot = hash & (size - 1);
      while (table[slot] !== 0 && table[slot] !== hash) slot = (slot + 1) & (size - 1);
      table[slot] = hash;
    }
  }
  return {
    has(hash) {
      let slot = hash & (size - 1);
      while (table[slot] !== 0) {
        if (table[slot] === hash) return true;
        slot = (slot + 1) & (size - 1);
      }
      return false;
    },
  };
}
