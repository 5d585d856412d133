/** Coverages of erased leaves, as an erasure makes them. */
import { createHash, createHmac } from 'node:crypto';
import { leafHash } from '../../../../tlog/hashes.ts';
import { rootOfLeaves } from '../../../../tlog/integrate.ts';
import { foldRange } from '../../../../tlog/tree.ts';
import { planInclusion } from '../../../../tlog/prove.ts';
import type { Coverage } from '../statements.ts';

export function coverageFor(leaves: readonly number[]): {
  root: string;
  coverage: (leaf: number) => Coverage | undefined;
} {
  const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
  const saltOf = (leaf: number) => createHmac('sha256', 'house').update(String(leaf)).digest();
  const tokens = leaves
    .map((leaf) => ({
      leaf,
      token: createHash('sha256').update(saltOf(leaf)).update(`erased leaf ${leaf}`).digest(),
    }))
    .toSorted((a, b) => Buffer.compare(a.token, b.token));
  const hashes = tokens.map(({ token }) => leafHash(token));
  return {
    root: base64(rootOfLeaves(hashes)),
    coverage(leaf) {
      const position = tokens.findIndex((each) => each.leaf === leaf);
      if (position < 0) return undefined;
      const path = planInclusion(position, tokens.length).map((nodes) =>
        foldRange(
          nodes.map(({ level, index }) =>
            rootOfLeaves(hashes.slice(index * 2 ** level, (index + 1) * 2 ** level)),
          ),
        ),
      );
      return { salt: base64(saltOf(leaf)), position, path: path.map(base64) };
    },
  };
}
