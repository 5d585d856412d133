/** What administrative entries say in their leaves about other leaves: which were erased, and which were taken out. */
import { createHash } from 'node:crypto';
import { fromBase64, hashFromBase64, utf8 } from '../../../tlog/encoding.ts';
import { leafHash } from '../../../tlog/hashes.ts';
import { verifyInclusion } from '../../../tlog/verify.ts';

export const ERASE = 'subject.erase';

/** What shows that an erasure's entry covers a leaf; bytes are base64. */
export interface Coverage {
  readonly salt: string;
  /** The token's place in the erasure's tree. */
  readonly position: number;
  readonly path: readonly string[];
}

export interface ErasureStatement {
  readonly count: number;
  /** The root of a Merkle tree (RFC 6962) over one salted token for each leaf that it covers. */
  readonly root: string;
}

/** @throws TlogError unless the statement covers the leaf at this index */
export function verifyCoverage(index: number, coverage: Coverage, { count, root }: ErasureStatement): void {
  const token = createHash('sha256')
    .update(fromBase64(coverage.salt))
    .update(utf8(`erased leaf ${index}`))
    .digest();
  verifyInclusion(
    { index: coverage.position, hash: leafHash(token) },
    { size: count, root: hashFromBase64(root) },
    coverage.path.map(hashFromBase64),
  );
}

/** What of a leaf is read here. */
export interface StatingEntry {
  readonly kind: string;
  readonly action?: string;
  readonly subject?: string;
  readonly after?: string;
  readonly erasure?: ErasureStatement;
}
