/** Hands the log over to a new signing key, in the log itself: who trusts the old key needs to trust nobody else. */
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { endorsementText, KEY_ROTATED } from '../../contract/handover.ts';
import type { AdministrationEntry, Receipt } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import { base64 } from '../../tlog/encoding.ts';
import { formatVerifierKey } from '../../tlog/keys.ts';
import type { LogKeys } from './log-keys.ts';
import type { Prove } from './prove.ts';
import type { LogStore, StoredCheckpoint } from './store.ts';

export interface RotationOrder {
  readonly append: (entry: AdministrationEntry) => Promise<Receipt>;
  readonly actor: string;
  /** How long both keys sign. */
  readonly overlapMs: number;
}

export interface Rotation {
  /**
   * The entry that names both keys, with the old one's word for the new one, and a checkpoint over it under the old key alone, stand before the new key signs.
   * @throws Refusal `invalid_request` while the last rotation's keys still overlap
   */
  rotate(order: RotationOrder): Promise<{ readonly before: string; readonly after: string }>;
  /**
   * A proof bundle of the entry that names this generation's key, under the key before it: what somebody who holds only
   * that one goes on by. Undefined where there is no such generation.
   */
  handover(generation: number): Promise<Uint8Array | undefined>;
}

export interface RotationSettings {
  readonly store: LogStore;
  readonly keys: LogKeys;
  readonly clock: Clock;
  readonly prove: Prove;
  readonly publish: () => Promise<StoredCheckpoint>;
}

export function createRotation({ store, keys, clock, prove, publish }: RotationSettings): Rotation {
  return {
    async rotate({ append, actor, overlapMs }) {
      if (await keys.isOverlapping())
        throw new Refusal('invalid_request', 'the keys of the last rotation still overlap');
      const { generation, signer } = await keys.next();
      const before = formatVerifierKey(keys.newest.verifier);
      const after = formatVerifierKey(signer.verifier);
      const at = clock.now();
      const id = newId('adm', at);
      const { index } = await append({
        kind: 'administration',
        id,
        at,
        actor,
        action: KEY_ROTATED,
        subject: keys.origin,
        before,
        after,
        endorsement: base64(keys.newest.sign(endorsementText(before, after)).signature),
      });
      const handover = await publish();
      if (handover.size <= index) throw new Error('the entry of the rotation is under no checkpoint');
      await store.addKey({ generation, entry: index, overlapUntilMs: at + overlapMs, handover });
      return { before, after };
    },
    async handover(generation) {
      const rotation = (await store.keys()).find((each) => each.generation === generation);
      return rotation && prove(rotation.handover, rotation.entry);
    },
  };
}
