/** The checkpoints between which a kit stands: those that are kept around a time, witnessed ones first. */
import { TlogError } from '../../../tlog/errors.ts';
import { NO_QUORUM, openTrustedCheckpoint } from '../../../tlog/policy.ts';
import { parsePolicy } from '../../../tlog/policy-text.ts';
import type { Log } from '../log.ts';
import type { AuditStore, LogStore, StoredCheckpoint } from '../store.ts';

/** A kit that cannot be made as it was asked for; its message tells why. */
export class KitOrderError extends Error {}

/** Few: a kit hands out no more of the record than it has to. Of what is older than seconds, there is one for each minute. */
const CHECKPOINTS_LOOKED_AT = 15;

export interface Range {
  readonly first: StoredCheckpoint | undefined;
  readonly last: StoredCheckpoint;
}

interface RangeMeans {
  readonly log: Pick<Log, 'publish'>;
  readonly store: LogStore;
  readonly entries: AuditStore;
  readonly policy?: Uint8Array;
}

/**
 * From the checkpoint below the first entry of that time to the one above the last, of those near by that have the quorum
 * of the policy where there are such; one is published where there is none above. @throws KitOrderError
 */
export async function rangeOf(
  { entries, store, log, policy }: RangeMeans,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): Promise<Range> {
  const [first] = await entries.read({ fromMs, toMs, limit: 1 });
  const [last] = await entries.read({ fromMs, toMs, limit: 1, descending: true });
  if (!first || !last) throw new KitOrderError('there is no entry of that time');
  const isWitnessed = quorumOf(policy);
  const above = await store.checkpointsAfter(last.index, CHECKPOINTS_LOOKED_AT);
  return {
    first: await witnessedBelow(store, first.index, isWitnessed),
    last: above.find(isWitnessed) ?? above[0] ?? (await log.publish()),
  };
}

function quorumOf(policy: Uint8Array | undefined): (checkpoint: StoredCheckpoint) => boolean {
  const parsed = policy && parsePolicy(policy);
  if (!parsed || parsed.quorum === NO_QUORUM) return () => true;
  return ({ note }) => {
    try {
      openTrustedCheckpoint(Buffer.from(note, 'utf8'), parsed);
      return true;
    } catch (error) {
      // Whoever verifies the kit finds what is wrong with it.
      if (error instanceof TlogError) return false;
      throw error;
    }
  };
}

/** The nearest with a quorum, else the nearest. */
async function witnessedBelow(
  store: LogStore,
  size: number,
  isWitnessed: (checkpoint: StoredCheckpoint) => boolean,
): Promise<StoredCheckpoint | undefined> {
  const nearest = await store.checkpointAt(size);
  let found = nearest;
  for (let seen = 0; found && seen < CHECKPOINTS_LOOKED_AT; seen++) {
    if (isWitnessed(found)) return found;
    found = await store.checkpointAt(found.size - 1);
  }
  return nearest;
}
