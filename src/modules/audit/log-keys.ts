/** The keys that sign the log's checkpoints: one after the other, each named by an entry under the one before it. */
import { createHash } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { ED25519, formatVerifierKey, type NoteSigner, noteSigner } from '../../tlog/keys.ts';
import type { Keyring } from './keyring.ts';
import type { LogStore, StoredLogKey } from './store.ts';

/** A key as others are told of it. */
export interface LogKey {
  /** From 0. */
  readonly generation: number;
  readonly verifierKey: string;
  /** The first size whose checkpoint it may have signed. */
  readonly fromSize: number;
  /** The next one's handover, after which this one signs until `untilMs` only. */
  readonly toSize?: number;
  readonly untilMs?: number;
}

export interface LogKeys {
  readonly origin: string;
  /** Of the newest generation that is known here. */
  readonly newest: NoteSigner;
  /** Who signs a checkpoint of that size now, the newest first. Reads what other replicas have rotated. */
  signersOf(size: number): Promise<readonly NoteSigner[]>;
  /** Who would sign after the next rotation. */
  next(): Promise<{ readonly generation: number; readonly signer: NoteSigner }>;
  list(): Promise<readonly LogKey[]>;
  isOverlapping(): Promise<boolean>;
}

export interface LogKeysSettings {
  readonly store: LogStore;
  readonly keyring: Keyring;
  readonly origin: string | undefined;
  readonly clock: Clock;
  /** What is known already. */
  readonly known: readonly StoredLogKey[];
}

/** Derived from the house's key, so that there is no further secret to keep, back up and lose. */
export function createLogKeys({ store, keyring, origin, clock, known }: LogKeysSettings): LogKeys {
  const seedOf = (generation: number) =>
    keyring.houseKey(generation === 0 ? 'log key' : `log key ${generation}`);
  const name =
    origin ?? `bartizan.invalid/${createHash('sha256').update(seedOf(0)).digest('hex').slice(0, 16)}`;
  const made = new Map<number, NoteSigner>();
  let rotations = known;

  function signer(generation: number): NoteSigner {
    const signer = made.get(generation) ?? noteSigner(name, ED25519, seedOf(generation));
    made.set(generation, signer);
    return signer;
  }
  const read = async () => (rotations = await store.keys());
  const newest = () => signer(rotations.at(-1)?.generation ?? 0);

  return {
    origin: name,
    get newest() {
      return newest();
    },
    async signersOf(size) {
      const reached = (await read()).filter(({ handover }) => handover.size < size);
      const last = reached.at(-1);
      if (!last) return [signer(0)];
      const isAlone = clock.now() >= last.overlapUntilMs;
      return [signer(last.generation), ...(isAlone ? [] : [signer(last.generation - 1)])];
    },
    async next() {
      const generation = ((await read()).at(-1)?.generation ?? 0) + 1;
      return { generation, signer: signer(generation) };
    },
    async list() {
      const all = await read();
      return [undefined, ...all].map((own, generation) => {
        const following = all[generation];
        return {
          generation,
          verifierKey: formatVerifierKey(signer(generation).verifier),
          fromSize: own ? own.handover.size + 1 : 0,
          ...(following && { toSize: following.handover.size, untilMs: following.overlapUntilMs }),
        };
      });
    },
    async isOverlapping() {
      return clock.now() < ((await read()).at(-1)?.overlapUntilMs ?? 0);
    },
  };
}
