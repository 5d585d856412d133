/** Verifies an auditor's kit, offline: what it shows is told as a list of checks, each in a plain sentence. */
import { textOf } from '../../../tlog/encoding.ts';
import { TlogError } from '../../../tlog/errors.ts';
import { leafHash } from '../../../tlog/hashes.ts';
import type { Policy, TrustedCheckpoint } from '../../../tlog/policy.ts';
import { parseProof, verifyProof } from '../../../tlog/proof.ts';
import { verifyConsistency, type TreeHead } from '../../../tlog/verify.ts';
import { createAbsencesCheck, type AbsencesCheck } from './check-absences.ts';
import { createConfigurationsCheck, digestOfConfiguration } from './check-configurations.ts';
import { createCountersCheck } from './check-counters.ts';
import { createOpeningsCheck } from './check-openings.ts';
import { createRangeCheck } from './check-range.ts';
import { demandKit, KitError } from './kit-codes.ts';
import {
  CONSISTENCY,
  configurationFile,
  MANIFEST,
  parseConsistency,
  parseManifest,
  parseRange,
  RANGE,
  README,
  REQUIRED_FILES,
  VERIFIER,
  type KitConsistency,
  type KitManifest,
} from './kit-format.ts';
import { reportOf, type KitReport } from './kit-report.ts';
import { followHandovers, openCheckpoints, openKnown, trustOf, type KitHandover } from './kit-trust.ts';
import { readLeaf, readLines } from './read-kit.ts';
import { createTally, type CheckId, type Tally } from './tally.ts';
import { openZip, type KitSource, type ZipArchive } from './zip-reader.ts';

export interface KitTrust {
  /** Where absent, the kit's own word is taken, and nothing but its inner consistency is shown. */
  readonly policy?: Policy | undefined;
  /** A checkpoint that the auditor kept, as a signed note. */
  readonly known?: Uint8Array | undefined;
}

/** What is known of a kit after its head was read. */
interface Kit {
  readonly archive: ZipArchive;
  readonly manifest: KitManifest;
  readonly policy: Policy;
  readonly tally: Tally<CheckId>;
  readonly consistency: readonly KitConsistency[];
  readonly handovers: readonly KitHandover[];
}

const MAX_SMALL_BYTES = 16 * 1024 * 1024;
const MAX_CONFIGURATION_BYTES = 64 * 1024 * 1024;

/** Never throws for a kit that is wrong: its report says so. */
export async function verifyKit(source: KitSource, trust: KitTrust = {}): Promise<KitReport> {
  const tally = createTally<CheckId>();
  const facts: Partial<KitReport['facts']> = {};
  try {
    await verify(source, trust, tally, facts);
  } catch (error) {
    if (!(error instanceof KitError || error instanceof TlogError)) throw error;
    tally.attempt('archive', 'archive', () => {
      throw error;
    });
  }
  return reportOf(tally, facts, trust.policy !== undefined);
}

type Facts = Partial<KitReport['facts']>;

async function verify(
  source: KitSource,
  trust: KitTrust,
  tally: Tally<CheckId>,
  facts: Facts,
): Promise<void> {
  const archive = await openZip(source);
  for (const name of REQUIRED_FILES) demandKit(archive.names.includes(name), 'file_missing', name);
  const manifest = parseManifest(await archive.bytes(MANIFEST, MAX_SMALL_BYTES));
  checkFiles(archive, manifest, tally);
  const { origin, role, firstSize, lastSize, madeBy, madeAt } = manifest;
  Object.assign(facts, { origin, role, firstSize, lastSize, madeBy, madeAt });
  // What is there for people alone is to be whole as well.
  for (const name of [README, VERIFIER].filter((each) => archive.names.includes(each)))
    await archive.bytes(name, MAX_SMALL_BYTES);
  const believed = await trustOf(archive, trust.policy, tally);
  if (!believed) return;
  const followed = await followHandovers(archive, believed, tally);
  const consistency = await consistencyOf(archive, tally);
  await verifyContents({ archive, manifest, tally, consistency, ...followed }, trust, facts);
}

async function consistencyOf(archive: ZipArchive, tally: Tally<CheckId>): Promise<readonly KitConsistency[]> {
  if (!archive.names.includes(CONSISTENCY)) return [];
  const bytes = await archive.bytes(CONSISTENCY, MAX_SMALL_BYTES);
  return tally.attempt('archive', CONSISTENCY, () => parseConsistency(bytes)) ?? [];
}

function checkFiles({ names }: ZipArchive, { files }: KitManifest, tally: Tally<CheckId>): void {
  const listed = new Set(files);
  const there = new Set(names);
  for (const name of files) if (!there.has(name)) tally.fail('archive', 'file_missing', { at: name });
  for (const name of names) if (!listed.has(name)) tally.fail('archive', 'file_unexpected', { at: name });
}

async function verifyContents(kit: Kit, trust: KitTrust, facts: Facts): Promise<void> {
  const { archive, manifest, policy, tally } = kit;
  const { bySize, unwitnessed, isFirstWitnessed } = await openCheckpoints(archive, policy, manifest, tally);
  const last = bySize.get(manifest.lastSize);
  const range = parseRange(await archive.bytes(RANGE, MAX_SMALL_BYTES));
  demandKit(range.size === manifest.firstSize, 'kit_malformed', RANGE);
  const heads = new Map([...bySize].map(([size, { checkpoint }]) => [size, checkpoint]));
  checkHandovers(kit, heads);
  const known =
    trust.known &&
    tally.attempt('known', 'known checkpoint', () => openKnown(trust.known as Uint8Array, policy));
  const rangeCheck = createRangeCheck(tally, {
    ...manifest,
    subtrees: range.subtrees,
    heads,
    ...(known && { known: known.checkpoint }),
  });
  const absences = createAbsencesCheck(tally);
  const counters = createCountersCheck(tally, manifest.firstSize === 0);
  const openings = createOpeningsCheck(tally, manifest.role);
  const configurations = createConfigurationsCheck(
    tally,
    await digestsOf(kit),
    manifest.configurationAtStart,
  );
  let entries = 0;
  for await (const line of readLines(archive)) {
    if (!rangeCheck.next(line)) continue;
    entries++;
    const leaf = line.leaf === undefined ? undefined : readLeaf(line.leaf);
    if (line.leaf !== undefined && !leaf) tally.fail('leaves', 'leaf_malformed', { index: line.index });
    const entry = { index: line.index, line, isPurged: line.leaf === undefined, ...(leaf && { leaf }) };
    for (const check of [absences, counters, openings, configurations]) check.next(entry);
  }
  rangeCheck.end();
  counters.end();
  const proofs = await checkProofs(kit, last, absences);
  absences.end();
  if (known) checkKnown(kit, known.checkpoint, heads, rangeCheck.isKnownMet);
  Object.assign(facts, {
    entries,
    checkpoints: bySize.size,
    unwitnessed,
    isFirstWitnessed,
    rootsMatched: rangeCheck.matched,
    witnesses: last?.witnesses ?? [],
    knownSize: known?.checkpoint.size,
    isKnownGiven: trust.known !== undefined,
    instances: counters.instances,
    interactions: configurations.checked,
    erased: absences.erased,
    purged: absences.purged,
    opened: openings.opened,
    handovers: kit.handovers.length,
    proofs,
  } satisfies Facts);
}

/**
 * The log that hands over is this one: within the range, the leaves must give its root too, so it is added to the heads;
 * outside, the kit shows how the range continues it, or it the range.
 */
function checkHandovers(
  { manifest, tally, consistency, handovers }: Kit,
  heads: Map<number, TreeHead>,
): void {
  const [first, last] = [heads.get(manifest.firstSize), heads.get(manifest.lastSize)];
  for (const { name, checkpoint } of handovers) {
    const { size } = checkpoint;
    if (size < manifest.firstSize) {
      if (first) tally.attempt('trust', name, () => checkFollows(checkpoint, first, consistency));
    } else if (size > manifest.lastSize) {
      if (last) tally.attempt('trust', name, () => checkFollows(last, checkpoint, consistency));
    } else {
      const head = heads.get(size);
      if (head) tally.attempt('trust', name, () => checkFollows(head, checkpoint, []));
      else heads.set(size, checkpoint);
    }
  }
}

/** By version; a file that is not the configuration it says to be has no version that an entry could name. */
async function digestsOf({ archive, manifest, tally }: Kit): Promise<ReadonlyMap<number, string>> {
  const digests = new Map<number, string>();
  for (const name of archive.names.filter((each) => each.startsWith('configurations/'))) {
    const version = Number(/^configurations\/(\d{1,15})\.json$/.exec(name)?.[1]);
    demandKit(configurationFile(version) === name, 'kit_malformed', name);
    digests.set(version, digestOfConfiguration(await archive.bytes(name, MAX_CONFIGURATION_BYTES)));
  }
  const { version } = manifest.configurationAtStart;
  if (version > 0 && !digests.has(version))
    tally.fail('configurations', 'snapshot_unknown', { at: configurationFile(version) });
  return digests;
}

/** Each bundle by itself; those above the range must be shown to follow from its last checkpoint. Resolves to how many hold. */
async function checkProofs(
  { archive, policy, tally, consistency }: Kit,
  last: TrustedCheckpoint | undefined,
  absences: AbsencesCheck,
): Promise<number> {
  let verified = 0;
  for (const name of archive.names.filter((each) => each.startsWith('proofs/'))) {
    const bytes = await archive.bytes(name, MAX_SMALL_BYTES);
    const found = tally.attempt('proofs', name, () => {
      const { extra, index } = parseProof(bytes);
      demandKit(extra !== undefined && name === `proofs/${index}.tlog-proof`, 'kit_malformed', name);
      const { checkpoint } = verifyProof(bytes, leafHash(extra), policy);
      if (last) checkFollows(last.checkpoint, checkpoint, consistency);
      return { index, leaf: readLeaf(textOf(extra) ?? '') };
    });
    if (!found) continue;
    verified++;
    if (found.leaf) absences.add(found.index, found.leaf.entry);
  }
  return verified;
}

/** @throws TlogError where the newer tree is not shown to be the older one, appended to */
function checkFollows(older: TreeHead, newer: TreeHead, steps: readonly KitConsistency[]): void {
  const step = steps.find(({ from, to }) => from === older.size && to === newer.size);
  verifyConsistency(older, newer, step?.hashes ?? []);
}

function checkKnown(
  { manifest, tally, consistency }: Kit,
  known: TreeHead,
  heads: ReadonlyMap<number, TreeHead>,
  isMet: boolean,
): void {
  const { firstSize, lastSize } = manifest;
  if (isMet) return;
  const first = heads.get(firstSize);
  const at = `checkpoint ${known.size}`;
  if (
    known.size < firstSize &&
    first &&
    consistency.some(({ from, to }) => from === known.size && to === firstSize)
  )
    tally.attempt('known', at, () => checkFollows(known, first, consistency));
  else if (known.size < firstSize || known.size > lastSize) tally.fail('known', 'known_out_of_range', { at });
  else tally.fail('known', 'inconsistent', { at });
}
