/** Looks credentials up by hash, mostly from memory, and forgets everything the moment any credential changes. */
import type { Clock } from '../../base/clock.ts';
import { withDeadline } from '../../base/deadline.ts';
import { createBoundedCache } from '../../base/bounded-cache.ts';
import type { CredentialStore, StoredCredential } from './store.ts';

export interface KeyLookUp {
  find(hash: string): StoredCredential | undefined | Promise<StoredCredential | undefined>;
  close(): void;
}

const MAX_KNOWN = 20_000;
const MAX_UNKNOWN = 20_000;
/** A net under the store's promise to tell of changes: nothing is believed longer than this. */
const MAX_AGE_MS = 30_000;
const TIMEOUT_MS = 5_000;

interface Known {
  readonly credential: StoredCredential | null;
  readonly atMs: number;
}

export function createKeyLookUp(store: CredentialStore, clock: Clock): KeyLookUp {
  // Apart, so that a flood of unknown keys cannot push the known ones out.
  const known = createBoundedCache<Known>(MAX_KNOWN);
  const unknown = createBoundedCache<Known>(MAX_UNKNOWN);
  let pending = new Map<string, Promise<StoredCredential | undefined>>();
  let generation = 0;

  const stop = store.onChange(() => {
    generation++;
    known.clear();
    unknown.clear();
    // A look-up under way may have read what was before the change: whoever comes now asks anew.
    pending = new Map();
  });

  const read = async (hash: string): Promise<StoredCredential | undefined> => {
    const asked = generation;
    const credential = await withDeadline(store.byHash(hash), TIMEOUT_MS, 'looking up a credential');
    if (asked === generation) {
      (credential ? known : unknown).set(hash, { credential: credential ?? null, atMs: clock.now() });
    }
    return credential;
  };

  const share = (hash: string): Promise<StoredCredential | undefined> => {
    const mine = pending;
    const running = mine.get(hash);
    if (running) return running;
    const started = read(hash).finally(() => mine.delete(hash));
    mine.set(hash, started);
    return started;
  };

  return {
    find(hash) {
      const entry = known.get(hash) ?? unknown.get(hash);
      if (entry && Math.abs(clock.now() - entry.atMs) < MAX_AGE_MS) return entry.credential ?? undefined;
      return share(hash);
    },
    close: stop,
  };
}
