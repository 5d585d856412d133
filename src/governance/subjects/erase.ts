/**
 * Erasing somebody: one entry says so, then the keys are destroyed, then what lay under them is taken away. Whatever is cut
 * off in between is finished by `resume`, since the erasure was kept before the first step.
 */
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { isPrincipal } from '../../domain/subject.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import { coverageOf, coverageRoot, type Coverage } from './coverage.ts';
import type { KeyAccess, RecordAccess } from './record-access.ts';
import type { StoredErasure, SubjectStore } from './store.ts';

export const ERASED = 'subject.erase';
/** One that was begun and has no entry after so long never will: an entry is given up on after seconds. */
const GIVEN_UP_AFTER_MS = 60 * 60_000;
const KEYS_PER_STEP = 500;

export interface Erased {
  readonly entries: number;
  /** Where the erasure's entry stands in the log. */
  readonly entry: number;
}

export interface ErasureWish {
  readonly basis: string;
  readonly actor: string;
  readonly reason?: string;
}

export interface Against {
  /** Ids of the holds that were looked at. */
  readonly holds: readonly string[];
  check(): Promise<void>;
}

export interface Eraser {
  /**
   * Undefined where a hold is in force that is not among `holds`: nothing is done then. From its beginning on no hold is
   * placed on what it covers, so `check` is asked then for the last time: where it throws, nothing is erased.
   */
  erase(keys: readonly string[], wish: ErasureWish, against?: Against): Promise<Erased | undefined>;
  /** Finishes what was cut off, and destroys keys that came back. Resolves to how many erasures that were. */
  resume(actor: string): Promise<number>;
  coverage(index: number): Promise<readonly Coverage[]>;
}

export interface EraserSettings {
  readonly store: SubjectStore;
  readonly records: RecordAccess;
  readonly keys: KeyAccess;
  /** Adds what these principals used to the sums of nobody in particular. */
  readonly disown: (principals: readonly string[]) => Promise<void>;
  readonly clock: Clock;
}

export function createEraser({ store, records, keys, disown, clock }: EraserSettings): Eraser {
  const secret = () => keys.houseKey('erasures');

  async function erase(
    ids: readonly string[],
    { basis, actor, reason }: ErasureWish,
    against?: Against,
  ): Promise<Erased | undefined> {
    const atMs = clock.now();
    const id = newId('ers', atMs);
    const leaves = await store.begin({ id, atMs, basis, keys: ids }, against?.holds);
    if (!leaves) return undefined;
    await against?.check().catch(async (cause: unknown) => {
      await store.drop(id);
      throw cause;
    });
    const entry: AdministrationEntry = {
      kind: 'administration',
      id,
      at: atMs,
      actor,
      action: ERASED,
      subject: id,
      erasure: {
        basis,
        count: leaves.length,
        keys: ids,
        root: coverageRoot({ key: secret(), id, leaves }),
      },
      ...(reason === undefined ? {} : { reason }),
    };
    const { index } = await records.append(entry);
    await finish(id, ids, index);
    return { entries: leaves.length, entry: index };
  }

  async function finish(id: string, ids: readonly string[], entry: number): Promise<void> {
    // While the keys still say who it was. One that does not open names nobody, and is destroyed all the same.
    const opened = await keys.open(ids).catch(() => new Map<string, { identifier: string }>());
    await disown([...opened.values()].map(({ identifier }) => identifier).filter(isPrincipal));
    await keys.destroy(ids);
    await store.settle(id, entry);
  }

  async function finishPending({ id, atMs, keys: ids }: StoredErasure): Promise<boolean> {
    const { entries } = await records.read({ id, limit: 1 });
    const [recorded] = entries;
    if (recorded) await finish(id, ids, recorded.index);
    else if (clock.now() - atMs > GIVEN_UP_AFTER_MS) await store.drop(id);
    return recorded !== undefined;
  }

  async function destroyReturned(): Promise<number> {
    let destroyed = 0;
    let after = '';
    for (;;) {
      const ids = await store.erasedKeys(after, KEYS_PER_STEP);
      const returned = await keys.existing(ids);
      if (returned.length > 0) destroyed += await keys.destroy(returned);
      const last = ids.at(-1);
      if (last === undefined || ids.length < KEYS_PER_STEP) return destroyed;
      after = last;
    }
  }

  return {
    erase,
    async resume(actor) {
      let resumed = 0;
      for (const pending of await store.pending()) if (await finishPending(pending)) resumed++;
      resumed += await destroyReturned();
      for (const { basis, keys: ids } of await store.leftOver()) {
        await erase(ids, { basis, actor });
        resumed++;
      }
      return resumed;
    },
    async coverage(index) {
      const covering = await store.covering(index);
      const found = await Promise.all(
        covering.map(({ erasure, leaves }) =>
          coverageOf({ key: secret(), id: erasure.id, leaves }, index, erasure.entry ?? -1),
        ),
      );
      return found.filter((each) => each !== undefined);
    },
  };
}
