/**
 * Which leaves an erasure's entry covers, as a commitment: a Merkle tree over one salted token for each leaf. Whoever is
 * given a leaf's salt and path sees that the entry covers it; whoever has the log alone cannot tell which leaves it means,
 * so that erasing somebody does not draw a line around what was hers.
 */
import { createHash, createHmac } from 'node:crypto';
import { leafHash } from '../../tlog/hashes.ts';
import { EMPTY_EDGE, integrate } from '../../tlog/integrate.ts';
import { proveInclusion } from '../../tlog/prove.ts';
import { hashReaderOfTiles } from '../../tlog/tiles.ts';
import { verifyInclusion } from '../../tlog/verify.ts';

/** What shows that an erasure's entry covers a leaf; bytes are base64. */
export interface Coverage {
  /** The leaf, and the entry that covers it. */
  readonly leaf: number;
  readonly entry: number;
  readonly salt: string;
  /** The token's place in the tree. */
  readonly position: number;
  readonly path: readonly string[];
}

export interface Covered {
  /** A secret of the house, and the erasure's id. */
  readonly key: Buffer;
  readonly id: string;
  readonly leaves: readonly number[];
}

/** Base64. */
export function coverageRoot(covered: Covered): string {
  return Buffer.from(treeOf(covered).root).toString('base64');
}

/** Undefined where the leaf is not covered. */
export async function coverageOf(
  covered: Covered,
  leaf: number,
  entry: number,
): Promise<Coverage | undefined> {
  const { key, id, leaves } = covered;
  if (!leaves.includes(leaf)) return undefined;
  const { tokens, tiles } = treeOf(covered);
  const salt = saltOf(key, id, leaf);
  const token = tokenOf(salt, leaf);
  const position = tokens.findIndex((each) => each.equals(token));
  const path = await proveInclusion(
    position,
    tokens.length,
    hashReaderOfTiles(tokens.length, async (names) =>
      names.map(({ level, index }) => tiles.get(`${level}/${index}`)),
    ),
  );
  return {
    leaf,
    entry,
    salt: salt.toString('base64'),
    position,
    path: path.map((hash) => Buffer.from(hash).toString('base64')),
  };
}

/** @throws TlogError where the statement with this root does not cover the leaf */
export function verifyCoverage(
  coverage: Coverage,
  statement: { readonly root: string; readonly count: number },
): void {
  const bytes = (text: string) => Buffer.from(text, 'base64');
  verifyInclusion(
    { index: coverage.position, hash: leafHash(tokenOf(bytes(coverage.salt), coverage.leaf)) },
    { size: statement.count, root: bytes(statement.root) },
    coverage.path.map(bytes),
  );
}

function treeOf({ key, id, leaves }: Covered) {
  // By the tokens: an order by the leaves would say where in time they are.
  const tokens = leaves
    .map((leaf) => tokenOf(saltOf(key, id, leaf), leaf))
    .toSorted((a, b) => Buffer.compare(a, b));
  const { root, tiles } = integrate(
    EMPTY_EDGE,
    tokens.map((token) => leafHash(token)),
  );
  return {
    root,
    tokens,
    tiles: new Map(tiles.map(({ level, index, bytes }) => [`${level}/${index}`, bytes])),
  };
}

function saltOf(key: Buffer, id: string, leaf: number): Buffer {
  return createHmac('sha256', key).update(`${id} ${leaf}`, 'utf8').digest();
}

function tokenOf(salt: Buffer, leaf: number): Buffer {
  return createHash('sha256').update(salt).update(`erased leaf ${leaf}`, 'utf8').digest();
}
