/** Reads a log step by step, past what cannot be read: a bundle that does not open is a finding, and no end. */
import { TlogError } from '../../../tlog/errors.ts';
import { TILE_WIDTH } from '../../../tlog/tiles.ts';
import type { Tally } from '../kit/tally.ts';
import type { IndexRow, LogStore } from '../store.ts';

export interface Step {
  readonly start: number;
  readonly end: number;
  readonly leaves: readonly (Uint8Array | undefined)[];
  readonly rows: readonly IndexRow[];
  /** First indexes of bundles that are there, and do not open. */
  readonly unreadable: ReadonlySet<number>;
}

const STEP = 16 * TILE_WIDTH;

/** `from` begins a bundle. What comes next is read while the last is checked. */
export async function* readSteps(
  store: LogStore,
  tally: Tally<'leaves'>,
  from: number,
  to: number,
): AsyncGenerator<Step> {
  const read = async (start: number): Promise<Step | undefined> => {
    const end = Math.min(start + STEP, to);
    if (start >= end) return undefined;
    const [leaves, rows] = await Promise.all([
      readLeaves(store, tally, start, end),
      store.indexRows(start, end),
    ]);
    return { start, end, rows, ...leaves };
  };
  let step = await read(from);
  while (step) {
    const next = read(step.end);
    // Told where it is waited for; a check that throws before leaves it behind.
    next.catch(() => undefined);
    yield step;
    step = await next;
  }
}

async function readLeaves(
  store: LogStore,
  tally: Tally<'leaves'>,
  start: number,
  end: number,
): Promise<Pick<Step, 'leaves' | 'unreadable'>> {
  try {
    return { leaves: await store.leaves(start, end), unreadable: new Set() };
  } catch (error) {
    if (!(error instanceof TlogError)) throw error;
  }
  const leaves: (Uint8Array | undefined)[] = [];
  const unreadable = new Set<number>();
  for (let first = start; first < end; first += TILE_WIDTH) {
    const last = Math.min(first + TILE_WIDTH, end);
    try {
      leaves.push(...(await store.leaves(first, last)));
    } catch (error) {
      if (!(error instanceof TlogError)) throw error;
      tally.fail('leaves', error.code, {
        at: `bundle ${first / TILE_WIDTH}, entries ${first} to ${last - 1}`,
      });
      unreadable.add(first);
      for (let index = first; index < last; index++) leaves.push(undefined);
    }
  }
  return { leaves, unreadable };
}
