/** Lets so many in at once; others wait their turn, and where too many wait already they are turned away. */
export interface Turnstile {
  /** Does the work once there is a place. @throws Error where too many wait; the signal's reason where it comes first */
  pass<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

export function createTurnstile(places: number, maxWaiting: number): Turnstile {
  let inside = 0;
  const waiting = new Set<() => void>();

  function place(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (inside < places) {
      inside++;
      return Promise.resolve();
    }
    if (waiting.size >= maxWaiting) return Promise.reject(new Error('too many wait already'));
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        waiting.delete(enter);
        reject(signal.reason);
      };
      waiting.add(enter);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** The place goes to whoever waits longest. */
  function leave(): void {
    for (const enter of waiting) {
      waiting.delete(enter);
      enter();
      return;
    }
    inside--;
  }

  return {
    async pass(signal, work) {
      await place(signal);
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
