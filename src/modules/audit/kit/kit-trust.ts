/** Whom the verifier of a kit believes, and the checkpoints that are to be believed by it. */
import { bytesEqual, textOf } from '../../../tlog/encoding.ts';
import { TlogError } from '../../../tlog/errors.ts';
import { formatVerifierKey, parseVerifierKey } from '../../../tlog/keys.ts';
import type { NoteVerifier } from '../../../tlog/note.ts';
import {
  NO_QUORUM,
  openTrustedCheckpoint,
  type Policy,
  type TrustedCheckpoint,
} from '../../../tlog/policy.ts';
import { parsePolicy } from '../../../tlog/policy-text.ts';
import { followHandover, type Followed } from '../handover.ts';
import { demandKit } from './kit-codes.ts';
import { checkpointFile, handoverFile, LOG_KEY, POLICY } from './kit-format.ts';
import type { CheckId, Tally } from './tally.ts';
import type { ZipArchive } from './zip-reader.ts';

const MAX_BYTES = 1_000_000;

/** The policy given, or the kit's own word. Undefined where there is none to believe. */
export async function trustOf(
  archive: ZipArchive,
  given: Policy | undefined,
  tally: Tally<CheckId>,
): Promise<Policy | undefined> {
  const text = textOf(await archive.bytes(LOG_KEY, MAX_BYTES)) ?? '';
  const own = tally.attempt('trust', LOG_KEY, () => text.trimEnd().split('\n').map(parseVerifierKey));
  if (given) {
    const isListed = (key: NoteVerifier) =>
      given.logs.some(
        ({ verifier }) => verifier.name === key.name && bytesEqual(verifier.publicKey, key.publicKey),
      );
    if (own && !own.some(isListed)) tally.fail('trust', 'policy_key_mismatch', { at: own[0]?.name ?? '' });
    return given;
  }
  const bytes = await archive.bytes(POLICY, MAX_BYTES);
  return tally.attempt('trust', POLICY, () => parsePolicy(bytes));
}

/** A handover of the kit that holds, with the key that it names. */
export interface KitHandover extends Followed {
  readonly name: string;
}

/** Who trusts one key of the log trusts those after it, as far as the log itself hands over to them. */
export async function followHandovers(
  archive: ZipArchive,
  policy: Policy,
  tally: Tally<CheckId>,
): Promise<{ readonly policy: Policy; readonly handovers: readonly KitHandover[] }> {
  const handovers: KitHandover[] = [];
  const logs = [...policy.logs];
  for (const generation of generationsIn(archive)) {
    const name = handoverFile(generation);
    const bundle = await archive.bytes(name, MAX_BYTES);
    const keys = logs.map(({ verifier }) => verifier);
    const followed = tally.attempt('trust', name, () => followHandover(bundle, keys));
    if (!followed) continue;
    handovers.push({ name, ...followed });
    const text = formatVerifierKey(followed.key);
    if (!keys.some((key) => formatVerifierKey(key) === text)) logs.push({ verifier: followed.key });
  }
  return { policy: { ...policy, logs }, handovers };
}

/** @throws KitError */
function generationsIn({ names }: ZipArchive): readonly number[] {
  return names
    .filter((name) => name.startsWith('handovers/'))
    .map((name) => {
      const generation = Number(/^handovers\/(\d{1,6})\.tlog-proof$/.exec(name)?.[1]);
      demandKit(handoverFile(generation) === name, 'kit_malformed', name);
      return generation;
    })
    .toSorted((a, b) => a - b);
}

export interface Checkpoints {
  readonly bySize: ReadonlyMap<number, TrustedCheckpoint>;
  /** Signed by the log, but by too few witnesses. */
  readonly unwitnessed: number;
  readonly isFirstWitnessed: boolean;
}

/**
 * The checkpoints of a kit that their log has signed. The last one needs the witnesses that the policy asks for: all the
 * others, the first too, are shown to be earlier states of it. What the last cannot show is that witnesses had seen those
 * by then; a log may have been without them at that time, so that it is told and does not fail.
 */
export async function openCheckpoints(
  archive: ZipArchive,
  policy: Policy,
  { firstSize, lastSize }: { readonly firstSize: number; readonly lastSize: number },
  tally: Tally<CheckId>,
): Promise<Checkpoints> {
  const bySize = new Map<number, TrustedCheckpoint>();
  let unwitnessed = 0;
  let isFirstWitnessed = true;
  for (const name of archive.names.filter((each) => each.startsWith('checkpoints/'))) {
    const bytes = await archive.bytes(name, MAX_BYTES);
    const opened = tally.attempt('checkpoints', name, () => openWitnessedOrNot(bytes, policy));
    if (!opened) continue;
    const { size } = opened.checkpoint;
    if (!opened.isWitnessed) {
      unwitnessed++;
      if (size === firstSize) isFirstWitnessed = false;
      if (size === lastSize) tally.fail('checkpoints', 'quorum_not_met', { at: name });
    }
    if (name === checkpointFile(size) && size >= firstSize && size <= lastSize) bySize.set(size, opened);
    else tally.fail('checkpoints', 'kit_malformed', { at: name });
  }
  for (const size of new Set([...(firstSize > 0 ? [firstSize] : []), lastSize]))
    if (!bySize.has(size)) tally.fail('checkpoints', 'checkpoint_missing', { at: checkpointFile(size) });
  return { bySize, unwitnessed, isFirstWitnessed };
}

function openWitnessedOrNot(bytes: Uint8Array, policy: Policy): TrustedCheckpoint & { isWitnessed: boolean } {
  try {
    return { ...openTrustedCheckpoint(bytes, policy), isWitnessed: true };
  } catch (error) {
    if (!(error instanceof TlogError) || error.code !== 'quorum_not_met') throw error;
    return { ...openTrustedCheckpoint(bytes, { ...policy, quorum: NO_QUORUM }), isWitnessed: false };
  }
}

/** What an auditor kept is believed because she kept it: the log's signature is enough. */
export function openKnown(bytes: Uint8Array, policy: Policy): TrustedCheckpoint {
  return openTrustedCheckpoint(bytes, { ...policy, quorum: NO_QUORUM });
}
