/** Where a growing text must not be cut: at no place within a finding, nor within a chain of findings that overlap. */
import type { Span } from '../../domain/finding.ts';

export interface FindingChains {
  add(finding: Span): void;
  /** The last offset up to `decided` that cuts no chain. Chains that end there or before are forgotten. */
  uncut(decided: number): number;
}

export function createFindingChains(): FindingChains {
  /** What each chain takes up, in their order: they may touch, and none overlaps another. */
  const chains: Span[] = [];

  /** The first chain that ends behind `offset`. */
  function firstBehind(offset: number): number {
    let low = 0;
    let high = chains.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((chains[middle]?.end ?? 0) > offset) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  return {
    add({ start, end }) {
      const first = firstBehind(start);
      const joined = { start, end };
      let next = first;
      for (let chain = chains[next]; chain && chain.start < end; chain = chains[++next]) {
        joined.start = Math.min(joined.start, chain.start);
        joined.end = Math.max(joined.end, chain.end);
      }
      chains.splice(first, next - first, joined);
    },
    uncut(decided) {
      const cut = chains[firstBehind(decided)];
      const settled = cut && cut.start < decided ? cut.start : decided;
      chains.splice(0, firstBehind(settled));
      return settled;
    },
  };
}
