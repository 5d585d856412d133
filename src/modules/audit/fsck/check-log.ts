/** Checks a whole live log against itself: leaves, tiles, root, checkpoints, counters, and what lies beside the leaves. */
import type { NoteVerifier } from '../../../tlog/note.ts';
import { openCheckpoint } from '../../../tlog/checkpoint.ts';
import { TlogError } from '../../../tlog/errors.ts';
import { bytesEqual } from '../../../tlog/encoding.ts';
import { HASH_BYTES, leafHash } from '../../../tlog/hashes.ts';
import { EMPTY_EDGE, integrate, type Edge } from '../../../tlog/integrate.ts';
import { partialTiles, TILE_WIDTH } from '../../../tlog/tiles.ts';
import { createCountersCheck } from '../kit/check-counters.ts';
import { readLeaf, type KitLeaf } from '../kit/read-kit.ts';
import { createTally, type Failure, type Tally } from '../kit/tally.ts';
import type { Keyring } from '../keyring.ts';
import type { AuditStore, IndexRow, LogStore, StoredCheckpoint, Tree } from '../store.ts';
import { createAbsencesBesideCheck } from './check-absences-beside.ts';
import { checkBeside } from './check-beside.ts';
import { createPurgesCheck } from './check-purges.ts';
import { quickLeaf } from './quick-leaf.ts';
import { readSteps, type Step } from './read-steps.ts';
import { checkTiles, edgeAt, storedHashes } from './stored-tiles.ts';

export const LOG_CHECKS = [
  'leaves',
  'tiles',
  'tree',
  'checkpoints',
  'counters',
  'rows',
  'purges',
  'beside',
] as const;
export type LogCheckId = (typeof LOG_CHECKS)[number];

export interface LogCheckMeans {
  readonly store: LogStore;
  readonly entries: AuditStore;
  readonly keyring: Keyring;
  readonly origin: string;
  readonly logKeys: readonly NoteVerifier[];
}

export interface LogCheckOrder {
  /** Where to begin; what stands before is taken from its tiles, unread. */
  readonly from: number;
  /** Opens all that lies beside the leaves, and not a sample alone. */
  readonly isDeep: boolean;
  readonly onProgress: (done: number, total: number) => void;
}

export interface LogReport {
  readonly isIntact: boolean;
  readonly from: number;
  readonly size: number;
  readonly checkpoints: number;
  readonly purged: number;
  /** Entries beside whose leaf something was opened. */
  readonly opened: number;
  readonly checks: readonly {
    readonly id: LogCheckId;
    readonly failures: readonly Failure[];
    readonly failureCount: number;
  }[];
}

const CHECKPOINTS_PAGE = 256;
const NO_HASH = new Uint8Array(HASH_BYTES);

export async function checkLog(means: LogCheckMeans, order: LogCheckOrder): Promise<LogReport> {
  const { store } = means;
  const tally = createTally<LogCheckId>();
  const tree = await store.integrated();
  const start = Math.min(order.from, tree.size) - (Math.min(order.from, tree.size) % TILE_WIDTH);
  const edge = await edgeToBeginWith(store, tally, start);
  const from = edge.size;
  const walk = createWalk(means, tally, edge, tree);
  for await (const read of readSteps(store, tally, from, tree.size)) {
    await walk.step(read);
    order.onProgress(read.end - from, tree.size - from);
  }
  const walked = await walk.end();
  const opened = await checkBeside(means, tally, { from, to: tree.size, isDeep: order.isDeep });
  return {
    isIntact: tally.total === 0,
    from,
    size: tree.size,
    ...walked,
    opened,
    checks: LOG_CHECKS.map((id) => ({ id, failures: tally.failures(id), failureCount: tally.count(id) })),
  };
}

/** Where the tiles before it do not give an edge, everything is read. */
async function edgeToBeginWith(store: LogStore, tally: Tally<LogCheckId>, from: number): Promise<Edge> {
  try {
    return await edgeAt(store, from);
  } catch (error) {
    if (!(error instanceof TlogError)) throw error;
    tally.fail('tiles', error.code, { at: `before entry ${from}` });
    return EMPTY_EDGE;
  }
}

function createWalk(means: LogCheckMeans, tally: Tally<LogCheckId>, edge: Edge, tree: Tree) {
  const { store } = means;
  const counters = createCountersCheck(tally, edge.size === 0);
  const purges = createPurgesCheck(tally);
  const beside = createAbsencesBesideCheck(tally);
  let checkpoints = 0;
  let checked = edge.size;
  let root = tree.root;

  /** What comes into the tree between two checkpoints, so that the root of each is met on the way. */
  async function grow(hashes: readonly Uint8Array[], until: number): Promise<void> {
    const integration = integrate(edge, hashes.slice(0, until - edge.size));
    ({ edge, root } = integration);
    // Partial ones grow on: they are compared once all leaves are in.
    const full = integration.tiles.filter(({ width }) => width === TILE_WIDTH);
    await checkTiles(store, full, tally);
  }

  async function takeIn(hashes: readonly Uint8Array[], end: number): Promise<void> {
    const start = edge.size;
    for (;;) {
      const page = await store.checkpointsAfter(checked, CHECKPOINTS_PAGE);
      for (const checkpoint of page) {
        if (checkpoint.size > end) break;
        if (checkpoint.size > edge.size) await grow(hashes.slice(edge.size - start), checkpoint.size);
        checkCheckpoint(means, checkpoint, root, tally);
        checked = checkpoint.size;
        checkpoints++;
      }
      if (page.length === 0 || (page.at(-1)?.size ?? 0) > end || page.length < CHECKPOINTS_PAGE) break;
    }
    if (edge.size < end) await grow(hashes.slice(edge.size - start), end);
  }

  function look(index: number, bytes: Uint8Array, row: IndexRow | undefined): void {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
    const leaf = quickLeaf(text) ?? readLeaf(text);
    if (leaf) {
      counters.next({ index, leaf, isPurged: false });
      purges.next(index, leaf.entry);
      beside.state(index, leaf.entry);
      if (row) beside.next(text, row);
    } else tally.fail('leaves', 'leaf_malformed', { index });
    checkRow(index, row, leaf, tally);
  }

  /** Something may be taken while it is looked at: what says so came after the last leaf that is. */
  async function readLater(): Promise<void> {
    const leaves = await store.leaves(tree.size, await store.sequenced());
    leaves.forEach((bytes, i) => {
      const entry = bytes && readLeaf(Buffer.from(bytes).toString('utf8'))?.entry;
      if (!entry) return;
      purges.next(tree.size + i, entry);
      beside.state(tree.size + i, entry);
    });
  }

  return {
    async step({ start, end, leaves, rows, unreadable }: Step): Promise<void> {
      const byIndex = new Map(rows.map((row) => [row.index, row]));
      const stored = leaves.includes(undefined) ? await storedHashes(store, start, end) : [];
      const hashes = leaves.map((bytes, i) => {
        const index = start + i;
        if (bytes) {
          look(index, bytes, byIndex.get(index));
          return leafHash(bytes);
        }
        if (unreadable.has(index - (index % TILE_WIDTH)))
          checkRow(index, byIndex.get(index), undefined, tally);
        else purges.missing(index);
        // Its number is not known: a gap of as many is expected.
        counters.next({ index, isPurged: true });
        return stored[i] ?? NO_HASH;
      });
      await takeIn(hashes, end);
    },
    async end() {
      counters.end();
      if (beside.isPoorer || purges.count > 0) await readLater();
      purges.end();
      beside.end();
      const partial = partialTiles(edge.size).map((tile) => ({
        ...tile,
        bytes: edge.tiles[tile.level] ?? new Uint8Array(0),
      }));
      await checkTiles(store, partial, tally);
      if (!bytesEqual(root, tree.root)) tally.fail('tree', 'tree_mismatch', { at: `size ${tree.size}` });
      for (const { size } of await store.checkpointsAfter(tree.size, 1))
        tally.fail('checkpoints', 'size_out_of_range', { at: `checkpoint ${size}` });
      return { checkpoints, purged: purges.count };
    },
  };
}

function checkCheckpoint(
  { origin, logKeys }: LogCheckMeans,
  { size, note }: StoredCheckpoint,
  root: Uint8Array,
  tally: Tally<LogCheckId>,
): void {
  const at = `checkpoint ${size}`;
  const opened = tally.attempt('checkpoints', at, () =>
    openCheckpoint(Buffer.from(note, 'utf8'), { origin, logKeys }),
  );
  if (!opened) return;
  if (opened.checkpoint.size !== size) tally.fail('checkpoints', 'malformed_checkpoint', { at });
  else if (!bytesEqual(opened.checkpoint.root, root)) tally.fail('checkpoints', 'root_mismatch', { at });
}

function checkRow(
  index: number,
  row: IndexRow | undefined,
  leaf: KitLeaf | undefined,
  tally: Tally<LogCheckId>,
): void {
  if (!row) return tally.fail('rows', 'index_row_missing', { index });
  if (!leaf) return;
  const { id, at, kind } = leaf.entry;
  const isSame =
    row.instance === leaf.instance &&
    row.sequence === leaf.sequence &&
    row.id === id &&
    row.at === at &&
    row.kind === kind;
  if (!isSame) tally.fail('rows', 'index_row_mismatch', { index });
}
