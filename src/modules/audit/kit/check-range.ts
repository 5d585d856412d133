/** Whether the kit's leaves are all leaves of its range: they are appended to what stood before, and give each signed root. */
import { bytesEqual, fromBase64, utf8 } from '../../../tlog/encoding.ts';
import { createFrontier, type Frontier } from '../../../tlog/frontier.ts';
import { leafHash } from '../../../tlog/hashes.ts';
import type { TreeHead } from '../../../tlog/verify.ts';
import type { EntryLine } from './kit-format.ts';
import type { CheckId, Tally } from './tally.ts';

export interface RangeOrder {
  readonly firstSize: number;
  readonly lastSize: number;
  readonly subtrees: readonly Uint8Array[];
  /** Signed, by size. */
  readonly heads: ReadonlyMap<number, TreeHead>;
  /** What the auditor kept. */
  readonly known?: TreeHead;
}

export interface RangeCheck {
  /** Whether the line is the next of the range. */
  next(line: EntryLine): boolean;
  end(): void;
  /** How many signed roots the leaves gave. */
  readonly matched: number;
  /** Whether the checkpoint that the auditor kept was compared with the leaves. */
  readonly isKnownMet: boolean;
}

export function createRangeCheck(tally: Tally<CheckId>, order: RangeOrder): RangeCheck {
  const { firstSize, lastSize, heads, known } = order;
  let frontier: Frontier | undefined = tally.attempt('leaves', 'range.json', () =>
    createFrontier(firstSize, order.subtrees),
  );
  let expected = firstSize;
  let matched = 0;
  let isKnownMet = false;

  /** What comes after the first wrong root is wrong as well: it is told once. */
  function compare(): void {
    const head = heads.get(expected);
    const isKnown = known?.size === expected;
    if (!frontier || (!head && !isKnown)) return;
    const root = frontier.root();
    if (isKnown && !bytesEqual(root, known.root))
      // Where the log has signed another root for the same size, that is told apart.
      tally.fail('known', head ? 'split_view' : 'inconsistent', { at: `checkpoint ${expected}` });
    if (isKnown) isKnownMet = true;
    if (!head) return;
    if (bytesEqual(root, head.root)) matched++;
    else {
      tally.fail('leaves', 'root_mismatch', { at: `checkpoint ${expected}` });
      frontier = undefined;
    }
  }

  function lose(code: 'leaf_missing' | 'leaf_unexpected', index: number): void {
    tally.fail('leaves', code, { index });
    frontier = undefined;
  }

  compare();
  return {
    next(line) {
      const { index } = line;
      if (index < expected || index >= lastSize) {
        lose('leaf_unexpected', index);
        return false;
      }
      if (index > expected) lose('leaf_missing', expected);
      expected = index + 1;
      const appended = tally.attempt('leaves', `entry ${index}`, () => {
        frontier?.append(hashOf(line));
        return true;
      });
      if (!appended) frontier = undefined;
      compare();
      return true;
    },
    end() {
      if (expected < lastSize) lose('leaf_missing', expected);
    },
    get matched() {
      return matched;
    },
    get isKnownMet() {
      return isKnownMet;
    },
  };
}

function hashOf({ leaf, leafHash: hash }: EntryLine): Uint8Array {
  return leaf === undefined ? fromBase64(hash ?? '') : leafHash(utf8(leaf));
}
