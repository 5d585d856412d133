/** What administrative entries say in their leaves about other leaves: which were erased, and which were taken out. */
import { createHash } from 'node:crypto';
import { fromBase64, hashFromBase64, utf8 } from '../../../tlog/encoding.ts';
import { leafHash } from '../../../tlog/hashes.ts';
import { verifyInclusion } from '../../../tlog/verify.ts';

export const ERASE = 'subject.erase';
export const PURGE = 'retention.purge';

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

/** What a purge took: whole entries, or who they were about alone, or what was said. */
export type Purged = 'entries' | 'identities' | 'content';

export interface PurgeStatement {
  readonly what: string;
  /** Both inclusive. */
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

/** `256 in 0-255`: how many, and which. */
const PURGE_TEXT = /^\d{1,15} in (\d{1,15}-\d{1,15}(?:,\d{1,15}-\d{1,15})*)$/;

/** Undefined for an entry that records no purge. */
export function purgeIn({ action, subject, after }: StatingEntry): PurgeStatement | undefined {
  const [, list] = PURGE_TEXT.exec(after ?? '') ?? [];
  if (action !== PURGE || subject === undefined || list === undefined) return undefined;
  const ranges = list.split(',').map((range) => {
    const [first, last] = range.split('-').map(Number);
    return [first ?? 0, last ?? 0] as const;
  });
  return { what: subject, ranges };
}

export function covers(purge: PurgeStatement, what: Purged, index: number): boolean {
  return purge.what === what && purge.ranges.some(([first, last]) => first <= index && index <= last);
}

/** What of a leaf is read here. */
export interface StatingEntry {
  readonly kind: string;
  readonly action?: string;
  readonly subject?: string;
  readonly after?: string;
  readonly erasure?: ErasureStatement;
}
