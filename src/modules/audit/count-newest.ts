/** Whether the newest entries of every gateway are all there: a look that ends soon, where checking the whole log takes long. */
import { ALIVE, STARTED, STOPPED } from './heartbeat.ts';
import { createCountersCheck } from './kit/check-counters.ts';
import { readLeaf, type KitLeaf } from './kit/read-kit.ts';
import { createTally, type Failure } from './kit/tally.ts';
import type { LogStore } from './store.ts';

export interface CountedInstance {
  readonly instance: string;
  /** The first and the last of its numbers that were looked at. */
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly entries: number;
  readonly lastAtMs: number;
  readonly lastHeartbeatMs?: number;
  /** It said that it stops. */
  readonly isStopped: boolean;
}

export interface NewestCount {
  readonly fromIndex: number;
  /** Not included. */
  readonly toIndex: number;
  /** Leaves that were taken out: gaps of as many are expected. */
  readonly purged: number;
  readonly instances: readonly CountedInstance[];
  /** The first of them. */
  readonly gaps: readonly Failure[];
  readonly gapCount: number;
}

const STEP = 512;

/** Of the `entries` newest leaves. Others have their turn between steps. */
export async function countNewest(
  store: Pick<LogStore, 'sequenced' | 'leaves'>,
  entries: number,
): Promise<NewestCount> {
  const toIndex = await store.sequenced();
  const fromIndex = Math.max(0, toIndex - entries);
  const tally = createTally<'counters'>();
  const counters = createCountersCheck(tally, fromIndex === 0);
  const instances = new Map<string, CountedInstance>();
  let purged = 0;
  for (let start = fromIndex; start < toIndex; start += STEP) {
    const leaves = await store.leaves(start, Math.min(start + STEP, toIndex));
    leaves.forEach((bytes, i) => {
      const leaf = bytes && readLeaf(Buffer.from(bytes).toString('utf8'));
      if (bytes === undefined) purged++;
      counters.next({ index: start + i, isPurged: bytes === undefined, ...(leaf && { leaf }) });
      if (leaf) instances.set(leaf.instance, counted(instances.get(leaf.instance), leaf));
    });
    await new Promise(setImmediate);
  }
  counters.end();
  return {
    fromIndex,
    toIndex,
    purged,
    instances: [...instances.values()].toSorted((one, other) => other.lastAtMs - one.lastAtMs),
    gaps: tally.failures('counters'),
    gapCount: tally.total,
  };
}

function counted(
  known: CountedInstance | undefined,
  { instance, sequence, entry }: KitLeaf,
): CountedInstance {
  const { at, action } = entry;
  const isBeat = action === STARTED || action === ALIVE;
  const lastHeartbeatMs = isBeat ? at : known?.lastHeartbeatMs;
  return {
    instance,
    firstSequence: known?.firstSequence ?? sequence,
    lastSequence: sequence,
    entries: (known?.entries ?? 0) + 1,
    lastAtMs: Math.max(known?.lastAtMs ?? 0, at),
    ...(lastHeartbeatMs === undefined ? {} : { lastHeartbeatMs }),
    isStopped: action === STOPPED || (known?.isStopped === true && !isBeat),
  };
}
