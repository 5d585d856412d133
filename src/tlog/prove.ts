/** Inclusion and consistency proofs (RFC 6962, sections 2.1.1 and 2.1.2): first what they need, then the hashes. */
import { demand } from './errors.ts';
import { checkSize, foldRange, type HashReader, type NodeRange, nodesOfRange, splitPoint } from './tree.ts';

/** One range of the tree for each hash of a proof, in the proof's order. It tells what to read before reading. */
export type ProofPlan = readonly NodeRange[];

/** What the proof needs that a leaf is in the tree of that size; `index_out_of_range`, `size_out_of_range`. */
export function planInclusion(index: number, size: number): ProofPlan {
  checkSize(size);
  demand(Number.isSafeInteger(index) && index >= 0 && index < size, 'index_out_of_range');
  const plan: NodeRange[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      plan.push(nodesOfRange(middle, end));
      end = middle;
    } else {
      plan.push(nodesOfRange(start, middle));
      start = middle;
    }
  }
  return plan.reverse();
}

/**
 * What the proof needs that the tree of `newSize` is that of `oldSize`, appended to; `size_out_of_range`.
 * Empty where there is nothing to show: from size 0, and from a size to itself.
 */
export function planConsistency(oldSize: number, newSize: number): ProofPlan {
  checkSize(oldSize);
  checkSize(newSize);
  demand(oldSize <= newSize, 'size_out_of_range');
  if (oldSize === 0) return [];
  const plan: NodeRange[] = [];
  let [start, end] = [0, newSize];
  while (oldSize < end) {
    const middle = start + splitPoint(end - start);
    if (oldSize <= middle) {
      plan.push(nodesOfRange(middle, end));
      end = middle;
    } else {
      plan.push(nodesOfRange(start, middle));
      start = middle;
    }
  }
  // The old root itself is what the verifier has: a part of it must be given only where it is not on the way.
  if (start > 0) plan.push(nodesOfRange(start, end));
  return plan.reverse();
}

/** The proof, from the hashes of all the plan's nodes in the plan's order. */
export function assembleProof(plan: ProofPlan, hashes: readonly Uint8Array[]): readonly Uint8Array[] {
  let used = 0;
  return plan.map((nodes) => {
    const range = hashes.slice(used, used + nodes.length);
    used += nodes.length;
    return foldRange(range);
  });
}

async function prove(plan: ProofPlan, read: HashReader): Promise<readonly Uint8Array[]> {
  return plan.length === 0 ? [] : assembleProof(plan, await read(plan.flat()));
}

/** The inclusion proof of a leaf in the tree of that size, from the leaf's sibling to the root's child. */
export async function proveInclusion(
  index: number,
  size: number,
  read: HashReader,
): Promise<readonly Uint8Array[]> {
  return prove(planInclusion(index, size), read);
}

/** The consistency proof from a tree to the larger tree it has become. */
export async function proveConsistency(
  oldSize: number,
  newSize: number,
  read: HashReader,
): Promise<readonly Uint8Array[]> {
  return prove(planConsistency(oldSize, newSize), read);
}
