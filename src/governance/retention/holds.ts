/** Legal holds: they win over erasure and retention, and end by nothing but their release. */
import { decrypt, encrypt } from '../../base/envelope.ts';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { AdministrationEntry, Receipt } from '../../domain/record.ts';
import type { Hold } from '../../domain/hold.ts';
import type { HoldStore, StoredHold } from './store.ts';

/** Where a hold comes too late. */
export class HoldError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'HoldError';
  }
}

export interface Holds {
  /** @throws HoldError where an erasure that covers what it would hold has begun */
  add(wish: Omit<Hold, 'id' | 'createdAtMs'>, act: HoldAct): Promise<Hold>;
  list(): Promise<readonly Hold[]>;
  /** Resolves to whether there was one. */
  release(id: string, act: HoldAct): Promise<boolean>;
}

export interface HoldAct {
  readonly actor: string;
  readonly reason: string;
}

export interface HoldsSettings {
  readonly store: HoldStore;
  /** Erasures that are begun and not done, and those of them that cover what this hold would hold: by ids. */
  readonly erasures: (
    hold: Hold,
  ) => Promise<{ readonly all: readonly string[]; readonly covering: readonly string[] }>;
  readonly append: (entry: AdministrationEntry) => Promise<Receipt>;
  /** 32 bytes of the house, under which names and matters lie. */
  readonly key: Buffer;
  readonly clock: Clock;
}

interface Sealed {
  readonly matter: string;
  readonly subjects?: readonly string[];
}

const MAX_TRIES = 10;

export function createHolds({ store, erasures, append, key, clock }: HoldsSettings): Holds {
  const record = (action: string, subject: string, { actor, reason }: HoldAct) =>
    append({
      kind: 'administration',
      id: newId('adm', clock.now()),
      at: clock.now(),
      actor,
      action,
      subject,
      reason,
    });

  /** An erasure that has begun is not stopped: who holds then is told so, and holds nothing that is not there any more. */
  async function keep(stored: StoredHold, hold: Hold): Promise<void> {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const { all, covering } = await erasures(hold);
      if (covering.length > 0)
        throw new HoldError(
          `what it would hold is being erased already, by ${covering.join(', ')}: once that is done, hold what is left`,
        );
      if (await store.add(stored, all)) return;
    }
    throw new HoldError('somebody is being erased: nothing is held, try again');
  }

  return {
    async add({ matter, subjects, ...place }, act) {
      const id = newId('hold', clock.now());
      const sealed: Sealed = { matter, ...(subjects && { subjects }) };
      const stored = {
        id,
        createdAtMs: clock.now(),
        ...place,
        sealed: encrypt(key, Buffer.from(JSON.stringify(sealed), 'utf8'), contextOf(id)),
      };
      const hold = opened(key, stored);
      // First in force, then told: what is not on record holds too much rather than too little.
      await keep(stored, hold);
      await record('hold.add', id, act);
      return hold;
    },
    async list() {
      return (await store.list()).map((stored) => opened(key, stored));
    },
    async release(id, act) {
      if (!(await store.list()).some((each) => each.id === id)) return false;
      await record('hold.release', id, act);
      return store.remove(id);
    },
  };
}

const contextOf = (id: string) => `bartizan hold ${id}`;

/** @throws Error for one that does not open: what it holds is not known then, so nothing may be erased or purged */
function opened(key: Buffer, { sealed, ...place }: StoredHold): Hold {
  const text = decrypt(key, Buffer.from(sealed), contextOf(place.id))?.toString('utf8');
  if (text === undefined)
    throw new Error(`the legal hold ${place.id} does not open: it was changed or moved`);
  return { ...place, ...(JSON.parse(text) as Sealed) };
}
