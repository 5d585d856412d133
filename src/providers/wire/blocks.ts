/** The blocks of an answer, for dialects that number them and say when each begins and ends. */
import { endWindows, lastingPlace, type LastingPlace } from './places.ts';
import type { FrameTexts } from './text-walk.ts';

/** One block from its start to its stop, and where its texts stand. */
export interface Block {
  /** `block:0` */
  readonly name: string;
  readonly opened: Set<string>;
  readonly answer: LastingPlace;
  /** A tool's arguments. */
  readonly input: LastingPlace;
  /** Members of its deltas that are not known. */
  readonly rest: LastingPlace;
}

export interface Blocks {
  /** The block of a number, which begins here unless it is open. */
  at(index: number): Block;
  end(index: number, out: FrameTexts): void;
  endAll(out: FrameTexts): void;
}

export function createBlocks(): Blocks {
  const open = new Map<number, Block>();
  return {
    at(index) {
      let block = open.get(index);
      if (block === undefined) open.set(index, (block = newBlock(index)));
      return block;
    },
    end(index, out) {
      const block = open.get(index);
      if (block !== undefined) endWindows(block.opened, out);
      open.delete(index);
    },
    endAll(out) {
      for (const { opened } of open.values()) endWindows(opened, out);
      open.clear();
    },
  };
}

function newBlock(index: number): Block {
  const name = `block:${index}`;
  const opened = new Set<string>();
  return {
    name,
    opened,
    answer: lastingPlace(name, 'answer', opened),
    input: lastingPlace(`${name}/input`, 'tool', opened, 'json'),
    rest: lastingPlace(`${name}/delta`, 'answer', opened),
  };
}
