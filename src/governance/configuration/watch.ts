/** Follows the store: each new version once, in order, one at a time; a store that cannot be read is asked again. */
import type { ConfigurationStore, StoredConfiguration } from './store.ts';

const RETRY_MS = 1_000;

export function watchStore(
  store: ConfigurationStore,
  onVersion: (stored: StoredConfiguration) => void | Promise<void>,
  onError: (error: unknown) => void,
): () => void {
  let stopped = false;
  let looking = false;
  let lookAgain = false;
  let given = 0;
  let retry: NodeJS.Timeout | undefined;

  const lookOnce = async (): Promise<void> => {
    let stored: StoredConfiguration | undefined;
    try {
      stored = await store.current();
    } catch (error) {
      onError(error);
      if (!stopped) retry = setTimeout(look, RETRY_MS).unref();
      return;
    }
    if (stopped || !stored || stored.version <= given) return;
    given = stored.version;
    try {
      await onVersion(stored);
    } catch (error) {
      onError(error);
    }
  };
  const lookUntilQuiet = async (): Promise<void> => {
    looking = true;
    do {
      lookAgain = false;
      await lookOnce();
    } while (lookAgain && !stopped);
    looking = false;
  };
  const look = (): void => {
    clearTimeout(retry);
    // Told while it looks: what it reads may be older than what it was told of.
    if (looking) lookAgain = true;
    else if (!stopped) void lookUntilQuiet();
  };

  const unsubscribe = store.onChange(look);
  look();
  return () => {
    stopped = true;
    clearTimeout(retry);
    unsubscribe();
  };
}
