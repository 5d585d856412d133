/**
 * Measures the transparency log's arithmetic in CPU time, the fastest of several rounds:
 *
 *   node bench/tlog/run.ts [leaves, in thousands; 1000 by default]
 */
import { leafHash, nodeHash } from '../../src/tlog/hashes.ts';
import { EMPTY_EDGE, integrate, openEdge } from '../../src/tlog/integrate.ts';
import { proveInclusion } from '../../src/tlog/prove.ts';
import { hashReaderOfTiles, partialTiles, type Tile } from '../../src/tlog/tiles.ts';
import { verifyInclusion } from '../../src/tlog/verify.ts';

const ROUNDS = 3;
const PROOFS = 1_000;
const count = Number(process.argv[2] ?? 1_000) * 1_000;

function measure(name: string, perRound: number, work: () => void): void {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    fastest = Math.min(fastest, user + system);
  }
  const each = (fastest / perRound).toFixed(2).padStart(7);
  console.log(`${name.padEnd(52)} ${(fastest / 1e6).toFixed(2).padStart(6)} s  ${each} µs each`);
}

const entry = new Uint8Array(100);
const leaves = Array.from({ length: count }, (_, i) => {
  new DataView(entry.buffer).setUint32(0, i);
  return leafHash(entry);
});
const [left = entry, right = entry] = leaves;

let tiles = new Map<string, Tile>();
let root = left;

function append(batch: number, isReopened: boolean): void {
  tiles = new Map();
  let edge = EMPTY_EDGE;
  for (let start = 0; start < count; start += batch) {
    if (isReopened) edge = openEdge(start, storedEdge(start));
    const grown = integrate(edge, leaves.slice(start, start + batch));
    for (const tile of grown.tiles) tiles.set(`${tile.level}/${tile.index}`, tile);
    ({ edge, root } = grown);
  }
}

function storedEdge(size: number): readonly Tile[] {
  return partialTiles(size).flatMap(({ level, index }) => tiles.get(`${level}/${index}`) ?? []);
}

measure('leaf hashes of entries of 100 bytes', count, () => leaves.forEach(() => leafHash(entry)));
measure('node hashes, as many', count, () => leaves.forEach(() => nodeHash(left, right)));
for (const batch of [64, 256, 4_096]) {
  measure(`appending in batches of ${batch}, the edge kept`, count, () => append(batch, false));
}
for (const batch of [64, 256]) {
  measure(`appending in batches of ${batch}, the edge read from tiles`, count, () => append(batch, true));
}

const read = hashReaderOfTiles(count, async (wanted) =>
  wanted.map(({ level, index }) => tiles.get(`${level}/${index}`)?.bytes),
);
const indices = Array.from({ length: PROOFS }, (_, i) => (i * 7_919) % count);
const proofs = await Promise.all(indices.map((index) => proveInclusion(index, count, read)));
measure('verifying inclusion proofs, 100,000 times', 100_000, () => {
  for (let round = 0; round < 100; round++) {
    indices.forEach((index, i) => {
      verifyInclusion({ index, hash: leaves[index] ?? entry }, { size: count, root }, proofs[i] ?? []);
    });
  }
});
