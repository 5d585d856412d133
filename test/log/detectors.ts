/** Who looks at a log, and what they say of it: "accepted", or the code of what is wrong. */
import { successorOf } from '../../src/modules/audit/audit.ts';
import { createCompletenessCheck } from '../../src/modules/audit/completeness.ts';
import type { LogStore, Tree } from '../../src/modules/audit/store.ts';
import { type Checkpoint, openCheckpoint, parseCheckpoint } from '../../src/tlog/checkpoint.ts';
import { utf8 } from '../../src/tlog/encoding.ts';
import { TlogError } from '../../src/tlog/errors.ts';
import { leafHash } from '../../src/tlog/hashes.ts';
import { formatNote, type NoteVerifier, parseNote } from '../../src/tlog/note.ts';
import { openTrustedCheckpoint, policyOfKeys } from '../../src/tlog/policy.ts';
import { parseProof, type ProofBundle, verifyProof } from '../../src/tlog/proof.ts';
import { proveConsistency } from '../../src/tlog/prove.ts';
import { hashReaderOfTiles, type TileReader } from '../../src/tlog/tiles.ts';
import { readRoot } from '../../src/tlog/tree.ts';
import { verifyConsistency } from '../../src/tlog/verify.ts';
import { decide, readRequest } from '../../src/tlog/witness.ts';
import { formatAddCheckpoint } from '../../src/tlog/witness-text.ts';
import { AUDITORS } from './auditors.ts';
import { endOfScene, type Scene, WITNESS } from './scene.ts';

/** What is served to a client, as it arrives there. */
export interface Shown {
  checkpoint: Uint8Array;
  /** The checkpoint with the witness's word. */
  cosigned: Uint8Array;
  bundle: ProofBundle;
  tiles: TileReader;
  leaves: readonly string[];
  /** The entry that names a second key, proven under the first; none where the log has one key. */
  handover: Uint8Array | undefined;
  consistencyFrom: (older: Tree) => Promise<readonly Uint8Array[]>;
}

/** What the house serves of the entry and of its whole log. @throws TlogError where it cannot */
export async function show(scene: Scene, entry: number): Promise<Shown> {
  return scene.open(async ({ log, stores: { log: store } }) => {
    const checkpoint = utf8((await log.publish()).note);
    const { size } = parseCheckpoint(parseNote(checkpoint).text);
    const tiles = await keptTiles(store, size);
    const bundle = await log.prove(entry);
    const leaves = await store.leaves(0, size);
    return {
      checkpoint,
      cosigned: cosigned(checkpoint),
      bundle: parseProof(bundle ?? new Uint8Array()),
      tiles,
      leaves: leaves.map((leaf) => Buffer.from(leaf ?? []).toString('utf8')),
      handover: await log.rotation.handover(1),
      consistencyFrom: async (older) =>
        older.size > size ? [] : proveConsistency(older.size, size, hashReaderOfTiles(size, tiles)),
    };
  });
}

/** All tiles, so that they can be served when the log is closed. */
async function keptTiles(store: LogStore, size: number): Promise<TileReader> {
  const names = [0, 1].flatMap((level) =>
    Array.from({ length: Math.ceil(size / 256) }, (_, index) => ({ level, index })),
  );
  const bytes = await store.tiles(names);
  const byName = new Map(names.map(({ level, index }, at) => [`${level}/${index}`, bytes[at]]));
  return async (wanted) => wanted.map(({ level, index }) => byName.get(`${level}/${index}`));
}

const COSIGNED_AT = 1_790_000_000;

export function cosigned(checkpoint: Uint8Array, signer = WITNESS): Uint8Array {
  const { text, signatures } = parseNote(checkpoint);
  return formatNote({ text, signatures: [...signatures, signer.sign(text, COSIGNED_AT)] });
}

type Look = (scene: Scene, shown: Shown) => Promise<void>;

function opened({ logKey }: Pick<Scene, 'logKey'>, checkpoint: Uint8Array): Checkpoint {
  return openCheckpoint(checkpoint, { origin: logKey.name, logKeys: [logKey] }).checkpoint;
}

/** Of a log that has handed over, nothing is believed under the first key any more. */
function nextKey(first: NoteVerifier, handover: Uint8Array): NoteVerifier {
  const { extra = new Uint8Array() } = parseProof(handover);
  verifyProof(handover, leafHash(extra), policyOfKeys([first], [], 0));
  const next = successorOf(extra, first);
  if (!next) throw new TlogError('unknown_key');
  return next;
}

async function continues(scene: Scene, shown: Shown, kept: Uint8Array): Promise<void> {
  const older = opened(scene, kept);
  verifyConsistency(older, opened(scene, shown.checkpoint), await shown.consistencyFrom(older));
}

export const DETECTORS = {
  'verifier of a proof': async ({ logKey }, { bundle, checkpoint }) => {
    const bytes = formatBundleUnder(bundle, checkpoint);
    verifyProof(bytes, leafHash(bundle.extra ?? new Uint8Array()), policyOfKeys([logKey], [], 0));
  },
  'client with an older checkpoint': (scene, shown) => continues(scene, shown, scene.kept),
  'client with the latest checkpoint': (scene, shown) => continues(scene, shown, scene.latest),
  'client with the first key': async (scene, shown) => {
    const key = shown.handover ? nextKey(scene.logKey, shown.handover) : scene.logKey;
    const newest = opened({ logKey: key }, shown.checkpoint);
    const older = opened(scene, scene.kept);
    verifyConsistency(older, newest, await shown.consistencyFrom(older));
  },
  'client with a quorum': async ({ logKey }, shown) => {
    openTrustedCheckpoint(shown.cosigned, policyOfKeys([logKey], [WITNESS.verifier], 1));
  },
  witness: async (scene, shown) => {
    const latest = opened(scene, scene.latest);
    const proof = await shown.consistencyFrom(latest);
    const body = formatAddCheckpoint({ oldSize: latest.size, proof, checkpoint: shown.checkpoint });
    const request = readRequest(body);
    const log = { origin: scene.logKey.name, keys: [scene.logKey] };
    const decision = request.kind === 'refused' ? request : decide(request, log, latest);
    if (decision.kind === 'refused') throw new TlogError(decision.code);
  },
  'reader of tiles': async (scene, { checkpoint, tiles }) => {
    const stated = opened(scene, checkpoint);
    const root = await readRoot(stated.size, hashReaderOfTiles(stated.size, tiles));
    verifyConsistency({ size: stated.size, root }, stated, []);
  },
} as const satisfies Record<string, Look>;

/** Also what no proof can show: that something was never written. */
export type Detector = keyof typeof DETECTORS | keyof typeof AUDITORS | 'reader of counters';

const isAuditor = (detector: Detector): detector is keyof typeof AUDITORS =>
  Object.hasOwn(AUDITORS, detector);

/** A checkpoint that is shown in the place of the bundle's own. */
function formatBundleUnder({ index, proof, extra }: ProofBundle, checkpoint: Uint8Array): Uint8Array {
  const lines = [
    'c2sp.org/tlog-proof@v1',
    ...(extra ? [`extra ${Buffer.from(extra).toString('base64')}`] : []),
    `index ${index}`,
    ...proof.map((hash) => Buffer.from(hash).toString('base64')),
  ];
  return Buffer.concat([utf8(`${lines.join('\n')}\n\n`), checkpoint]);
}

function firstGap(leaves: readonly string[], untilMs: number): string {
  const check = createCompletenessCheck({ fromStart: true });
  const gaps = leaves.flatMap((leaf, index) => {
    const { counter, entry } = JSON.parse(leaf) as {
      counter: { instance: string; sequence: number };
      entry: { at: number; kind: string; action: string; after?: string };
    };
    return check.next({ index, ...counter, ...entry });
  });
  return [...gaps, ...check.end(untilMs)][0]?.kind ?? 'accepted';
}

/** What the detector says of what it is shown. */
export async function codeBy(detector: Detector, scene: Scene, shown: () => Promise<Shown>): Promise<string> {
  try {
    if (isAuditor(detector)) return await AUDITORS[detector](scene);
    const seen = await shown();
    if (detector === 'reader of counters') return firstGap(seen.leaves, endOfScene());
    await DETECTORS[detector](scene, seen);
    return 'accepted';
  } catch (error) {
    if (error instanceof TlogError) return error.code;
    throw error;
  }
}
