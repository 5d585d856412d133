/** Asks the person at the page to sign in again, or to confirm that it is them: once for however many requests wait for it. */
import { useSyncExternalStore } from 'react';

/** `lapsed`: the session has ended. `confirm`: it is not fresh enough for what was asked. */
export type RenewalKind = 'lapsed' | 'confirm';

export interface Renewal {
  readonly kind: RenewalKind;
  readonly done: Promise<void>;
  readonly succeed: () => void;
  readonly cancel: () => void;
}

let pending: Renewal | undefined;
const watchers = new Set<() => void>();

function set(renewal: Renewal | undefined): void {
  pending = renewal;
  for (const tell of watchers) tell();
}

/** Resolves once they have; rejects where they do not want to. */
export function askToRenew(kind: RenewalKind): Promise<void> {
  if (pending !== undefined) return pending.done;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  set({
    kind,
    done: promise,
    succeed: () => {
      set(undefined);
      resolve();
    },
    cancel: () => {
      set(undefined);
      reject(new Error('You are not signed in for this: nothing was sent.'));
    },
  });
  return promise;
}

function watch(tell: () => void): () => void {
  watchers.add(tell);
  return () => watchers.delete(tell);
}

export function useRenewal(): Renewal | undefined {
  return useSyncExternalStore(watch, () => pending);
}
