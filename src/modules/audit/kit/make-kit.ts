/** Makes an auditor's kit: every entry of a time with all it takes to show, offline, that none is missing or changed. */
import type { Clock } from '../../../base/clock.ts';
import { base64 } from '../../../tlog/encoding.ts';
import { parseVerifierKey } from '../../../tlog/keys.ts';
import { policyOfKeys } from '../../../tlog/policy.ts';
import { formatPolicy } from '../../../tlog/policy-text.ts';
import { proveConsistency } from '../../../tlog/prove.ts';
import { hashReaderOfTiles } from '../../../tlog/tiles.ts';
import { nodesOfRange } from '../../../tlog/tree.ts';
import type { Keyring } from '../keyring.ts';
import type { Log } from '../log.ts';
import { createProve, type Prove } from '../prove.ts';
import type { AuditStore, LogStore, StoredCheckpoint } from '../store.ts';
import { createArchiveWriter, type ArchiveWriter, type KitSink } from './archive.ts';
import { checkpointsOf } from './kit-checkpoints.ts';
import { configurationAt, writeConfigurations, type KitConfigurations } from './kit-configurations.ts';
import { readEntryLines, type CoverageReader } from './kit-entries.ts';
import {
  checkpointFile,
  CONSISTENCY,
  ENTRIES_PER_FILE,
  entriesFile,
  handoverFile,
  KIT_FORMAT,
  LOG_KEY,
  MANIFEST,
  MAX_PROOFS,
  POLICY,
  proofFile,
  RANGE,
  README,
  VERIFIER,
  type EntryLine,
  type KitManifest,
} from './kit-format.ts';
import { KitOrderError, rangeOf, type Range } from './kit-range.ts';
import { createPurgeFinder } from './purges.ts';
import { kitReadme } from './kit-readme.ts';
import { readLeaf } from './read-kit.ts';

export interface KitMeans {
  readonly log: Log;
  readonly store: LogStore;
  readonly entries: AuditStore;
  readonly keyring: Keyring;
  readonly configurations: KitConfigurations;
  readonly clock: Clock;
  readonly coverage?: CoverageReader;
  /** The page that verifies a kit in a browser. */
  readonly verifier: Uint8Array;
  /** A trust policy (C2SP tlog-policy); where absent, the log's key without witnesses. */
  readonly policy?: Uint8Array;
}

export interface KitOrder {
  readonly fromMs: number;
  /** Not included. */
  readonly toMs: number;
  /** `full` opens who each entry was about, as far as its key still exists. */
  readonly role: 'auditor' | 'full';
  readonly madeBy: string;
  /** With a proof of its own for each entry. */
  readonly hasProofs: boolean;
  /** The size of a checkpoint that the auditor kept: the kit shows that it follows from it. */
  readonly knownSize?: number;
}

/** @throws KitOrderError where there is no entry of that time */
export async function makeKit(means: KitMeans, order: KitOrder, sink: KitSink): Promise<KitManifest> {
  const range = await rangeOf(means, order);
  const from = range.first?.size ?? 0;
  const to = range.last.size;
  if (order.hasProofs && to - from > MAX_PROOFS)
    throw new KitOrderError(`a kit holds at most ${MAX_PROOFS} proofs; this time has ${to - from} entries`);
  const archive = createArchiveWriter(sink);
  const atStart = await configurationAt(means.configurations, range.first?.atMs);
  const seen = await writeEntries(means, order, archive, from, to);
  await writeSubtrees(means.store, archive, range);
  for (const { size, note } of await checkpointsOf(means.store, range.first, range.last))
    await archive.add(checkpointFile(size), note);
  await writeConfigurations(means.configurations, archive, [...seen.versions, atStart.version]);
  const above = [...seen.referred].some((index) => index >= to) ? await means.log.publish() : range.last;
  await writeProofs(means, order, archive, { ...range, above }, seen.referred);
  const handedOver = await writeHandovers(means.log, archive, above.size);
  await writeConsistency(means.store, archive, [
    ...(order.knownSize !== undefined && order.knownSize < from ? [[order.knownSize, from] as const] : []),
    ...(above.size > to ? [[to, above.size] as const] : []),
    ...handedOver.filter((size) => size < from).map((size) => [size, from] as const),
    ...handedOver.filter((size) => size > to && size < above.size).map((size) => [to, size] as const),
  ]);
  await writeTrust(means, archive);
  await archive.add(README, kitReadme({ origin: means.log.origin, from, to, role: order.role }));
  await archive.add(VERIFIER, means.verifier);
  const manifest: KitManifest = {
    format: KIT_FORMAT,
    origin: means.log.origin,
    role: order.role,
    madeBy: order.madeBy,
    madeAt: new Date(means.clock.now()).toISOString(),
    asked: { from: new Date(order.fromMs).toISOString(), to: new Date(order.toMs).toISOString() },
    firstSize: from,
    lastSize: to,
    entries: to - from,
    configurationAtStart: atStart,
    files: [...archive.names, MANIFEST],
  };
  await archive.add(MANIFEST, `${JSON.stringify(manifest, null, 2)}\n`);
  await archive.end();
  return manifest;
}

interface Seen {
  /** Of configurations, as interactions name them. */
  readonly versions: ReadonlySet<number>;
  /** Entries that record why something is not there. */
  readonly referred: ReadonlySet<number>;
}

async function writeEntries(
  means: KitMeans,
  { role }: KitOrder,
  archive: ArchiveWriter,
  from: number,
  to: number,
): Promise<Seen> {
  const versions = new Set<number>();
  const referred = new Set<number>();
  const purgeOf = createPurgeFinder(means.entries, from);
  for (let start = from; start < to; start += ENTRIES_PER_FILE) {
    const file = archive.open(entriesFile(start));
    const end = Math.min(start + ENTRIES_PER_FILE, to);
    for await (const line of readEntryLines({ ...means, role, from: start, to: end, purgeOf })) {
      note(line, versions, referred);
      await file.write(`${JSON.stringify(line)}\n`);
    }
    await file.end();
  }
  return { versions, referred };
}

function note({ leaf, erasedBy, purgedBy }: EntryLine, versions: Set<number>, referred: Set<number>): void {
  if (erasedBy !== undefined) referred.add(erasedBy);
  if (purgedBy !== undefined) referred.add(purgedBy);
  if (leaf === undefined) return;
  // What is no leaf any more goes into the kit as it is: who verifies finds it.
  const version = Number(readLeaf(leaf)?.entry.snapshot?.split('-')[0]);
  if (Number.isSafeInteger(version)) versions.add(version);
}

/** The hashes of what stands before the range. */
async function writeSubtrees(store: LogStore, archive: ArchiveWriter, { first, last }: Range): Promise<void> {
  const size = first?.size ?? 0;
  const nodes = nodesOfRange(0, size);
  const read = hashReaderOfTiles(last.size, (tiles) => store.tiles(tiles));
  const subtrees = nodes.length === 0 ? [] : await read(nodes);
  await archive.add(RANGE, `${JSON.stringify({ size, subtrees: subtrees.map(base64) })}\n`);
}

/**
 * Proofs of single entries: of all, where they are asked for, and of those outside the range that record why something in
 * it is not there. A checkpoint above the range comes with a proof that it follows from the range's last.
 */
async function writeProofs(
  { store }: KitMeans,
  { hasProofs }: KitOrder,
  archive: ArchiveWriter,
  { first, last, above }: Range & { readonly above: StoredCheckpoint },
  referred: Iterable<number>,
): Promise<void> {
  const [from, to] = [first?.size ?? 0, last.size];
  const own = hasProofs ? Array.from({ length: to - from }, (_, offset) => from + offset) : [];
  const before = [...referred].filter((index) => index < from);
  const after = [...referred].filter((index) => index >= to);
  const prove = createProve(store);
  for (const index of [...before, ...own]) await writeProof(prove, archive, last, index);
  for (const index of after) await writeProof(prove, archive, above, index);
}

/** Every handover of the log up to that size, as far as its entry is still there. Resolves to the sizes of their trees. */
async function writeHandovers(log: Log, archive: ArchiveWriter, to: number): Promise<readonly number[]> {
  const sizes: number[] = [];
  for (const { generation, fromSize } of await log.keys()) {
    const size = fromSize - 1;
    const bundle = generation > 0 && size <= to ? await log.rotation.handover(generation) : undefined;
    if (!bundle) continue;
    await archive.add(handoverFile(generation), bundle);
    sizes.push(size);
  }
  return sizes;
}

/** How the range continues what came before, and what comes after continues it: each of them once. */
async function writeConsistency(
  store: LogStore,
  archive: ArchiveWriter,
  steps: readonly (readonly [older: number, newer: number])[],
): Promise<void> {
  const once = new Map(steps.map((step) => [step.join(), step]));
  const proofs: object[] = [];
  for (const [from, to] of once.values()) {
    const read = hashReaderOfTiles(to, (tiles) => store.tiles(tiles));
    proofs.push({ from, to, hashes: (await proveConsistency(from, to, read)).map(base64) });
  }
  if (proofs.length > 0) await archive.add(CONSISTENCY, `${JSON.stringify({ proofs })}\n`);
}

async function writeProof(
  prove: Prove,
  archive: ArchiveWriter,
  checkpoint: StoredCheckpoint,
  index: number,
): Promise<void> {
  const bundle = await prove(checkpoint, index);
  if (bundle) await archive.add(proofFile(index), bundle);
}

/** Every key that the log has had, newest first: older checkpoints carry older signatures. */
async function writeTrust({ log, policy }: KitMeans, archive: ArchiveWriter): Promise<void> {
  const keys = (await log.keys()).map(({ verifierKey }) => verifierKey).toReversed();
  await archive.add(LOG_KEY, keys.map((key) => `${key}\n`).join(''));
  await archive.add(POLICY, policy ?? formatPolicy(policyOfKeys(keys.map(parseVerifierKey), [], 0)));
}
