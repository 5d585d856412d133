/** Asks the person at the page to sign in again, once for however many requests wait for it. */
import { useSyncExternalStore } from 'react';

interface Renewal {
  readonly done: Promise<void>;
  readonly succeed: () => void;
  readonly fail: (reason: Error) => void;
}

let pending: Renewal | undefined;
const watchers = new Set<() => void>();

function set(renewal: Renewal | undefined): void {
  pending = renewal;
  for (const tell of watchers) tell();
}

/** Resolves once they have signed in again. */
export function askToSignInAgain(): Promise<void> {
  if (pending !== undefined) return pending.done;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  set({
    done: promise,
    succeed: () => {
      set(undefined);
      resolve();
    },
    fail: (reason) => {
      set(undefined);
      reject(reason);
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
