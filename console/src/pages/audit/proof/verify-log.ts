/**
 * Verifies the log, and one entry of it, in this browser. It was written apart from the code that signs, on purpose: what the
 * server says is believed only as far as signatures, paths and the checkpoint that was kept here bear it out.
 */
import { openCheckpoint, parseBundle, type Checkpoint } from './checkpoint.ts';
import { Fault, hashFrom, need, textOf, toBase64 } from './encodings.ts';
import { keep, type KeptCheckpoint } from './kept-checkpoint.ts';
import { followHandover, type Followed } from './handover.ts';
import { checkConsistency, checkInclusion, leafHash } from './merkle.ts';

/** What the gateway is asked for; none of it is believed. */
export interface LogSource {
  /** The log's keys are the oldest first: the place of each is its generation. */
  latest(): Promise<{ readonly verifierKeys: readonly string[]; readonly note: string }>;
  /** A proof bundle of the entry that hands over to the key of a generation; undefined where there is none. */
  handover(generation: number): Promise<string | undefined>;
  consistency(fromSize: number, toSize: number): Promise<readonly string[]>;
  bundle(entry: string): Promise<string>;
}

export interface Step {
  readonly id: 'handover' | 'signature' | 'consistency' | 'inclusion';
  /** `new`: there was nothing to compare with. */
  readonly state: 'held' | 'failed' | 'new';
  readonly text: string;
}

export interface Verified {
  readonly steps: readonly Step[];
  /** What failed; absent where everything held. */
  readonly fault?: Fault;
  readonly checkpoint?: Checkpoint;
  readonly entry?: { readonly index: number; readonly leaf: string };
}

export async function verifyLog(
  source: LogSource,
  kept: KeptCheckpoint | undefined,
  entry?: string,
): Promise<Verified> {
  const steps: Step[] = [];
  const tell = (id: Step['id'], state: Step['state'], text: string) => steps.push({ id, state, text });
  let [id, failing]: [Step['id'], string] = [
    'handover',
    'The log’s key was not handed over as it has to be.',
  ];
  try {
    const { verifierKeys, note } = await source.latest();
    const handovers = kept === undefined ? [] : await followFrom(source, kept.verifierKey, verifierKeys);
    if (handovers.length > 0) tell('handover', 'held', handedOver(handovers.length));
    const trusted =
      kept === undefined
        ? verifierKeys
        : [kept.verifierKey, ...handovers.map(({ verifierKey }) => verifierKey)];
    [id, failing] = ['signature', 'The checkpoint is not to be believed.'];
    const { checkpoint, signers } = await openCheckpoint(note, trusted);
    tell(
      'signature',
      'held',
      kept === undefined
        ? `A checkpoint over ${checkpoint.size} entries is signed by the key that the gateway gave now.`
        : `A checkpoint over ${checkpoint.size} entries is signed by the key that this browser knows${handovers.length > 0 ? ', or one that it leads to' : ''}.`,
    );
    [id, failing] = ['consistency', 'The log does not follow from the one that this browser saw.'];
    await follow(source, kept, checkpoint);
    for (const handover of handovers) await checkSameHistory(source, handover.checkpoint, checkpoint);
    if (kept === undefined)
      tell('consistency', 'new', 'This browser has kept no earlier checkpoint: from now on it has this one.');
    else
      tell(
        'consistency',
        'held',
        `The ${kept.size} entries that this browser saw under its last checkpoint are all in it, by their hashes, each unchanged and in its place.`,
      );
    [id, failing] = ['inclusion', 'That entry is not shown to be in the log.'];
    const proven = entry === undefined ? undefined : await prove(source, trusted, checkpoint, entry);
    if (proven !== undefined)
      tell('inclusion', 'held', `Entry ${proven.index} is in that log, exactly as it is shown below.`);
    keep(keptOf(signers.at(-1) ?? '', checkpoint));
    return { steps, checkpoint, ...(proven === undefined ? {} : { entry: proven }) };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    tell(id, 'failed', `${failing} ${error.message}`);
    return { steps, fault: error };
  }
}

function keptOf(verifierKey: string, { origin, size, root }: Checkpoint): KeptCheckpoint {
  return { origin, verifierKey, size, root: toBase64(root), keptAtMs: Date.now() };
}

/**
 * Which keys there are is the gateway's word, and only says what to ask for: each is believed by the word of the one before.
 * Where a handover is not there any more, those after it are not believed.
 */
async function followFrom(
  source: LogSource,
  verifierKey: string,
  verifierKeys: readonly string[],
): Promise<readonly Followed[]> {
  const followed: Followed[] = [];
  const known = verifierKeys.indexOf(verifierKey);
  for (let generation = known + 1; known >= 0 && generation < verifierKeys.length; generation++) {
    const bundle = await source.handover(generation);
    if (bundle === undefined) break;
    followed.push(await followHandover(bundle, followed.at(-1)?.verifierKey ?? verifierKey));
  }
  return followed;
}

function handedOver(times: number): string {
  const to = times === 1 ? 'another one' : `${times} others, one after the other`;
  return `The key that this browser knew has handed over to ${to}: in the log itself, and each time under its own signature.`;
}

async function follow(
  source: LogSource,
  kept: KeptCheckpoint | undefined,
  checkpoint: Checkpoint,
): Promise<void> {
  if (kept === undefined) return;
  need(kept.origin === checkpoint.origin, 'wrong_origin', 'It is another log than the one that was kept.');
  const older = { size: kept.size, root: hashFrom(kept.root) };
  await checkConsistency(older, checkpoint, await between(source, older.size, checkpoint.size));
}

/** What is not there to be proven is not asked for: the check says why. */
async function between(source: LogSource, fromSize: number, toSize: number): Promise<readonly Uint8Array[]> {
  return fromSize < toSize ? (await source.consistency(fromSize, toSize)).map(hashFrom) : [];
}

/** The bundle's own checkpoint may be a later or an earlier one: it has to be of the same history. */
async function prove(source: LogSource, trusted: readonly string[], checkpoint: Checkpoint, entry: string) {
  const bundle = parseBundle(await source.bundle(entry));
  const { checkpoint: own } = await openCheckpoint(bundle.note, trusted);
  await checkInclusion(bundle.index, await leafHash(bundle.leaf), own, bundle.path);
  if (/^\d+$/.test(entry))
    need(Number(entry) === bundle.index, 'wrong_entry', 'It is a proof of another entry than was asked for.');
  await checkSameHistory(source, own, checkpoint);
  return { index: bundle.index, leaf: textOf(bundle.leaf) };
}

async function checkSameHistory(source: LogSource, one: Checkpoint, other: Checkpoint): Promise<void> {
  const [older, newer] = one.size <= other.size ? [one, other] : [other, one];
  await checkConsistency(older, newer, await between(source, older.size, newer.size));
}
