/** Who is to be called back when something of one kind changed. */
export interface ChangeListeners {
  /** Returns how to stop. */
  subscribe(listener: () => void): () => void;
  notify(): void;
}

export function createChangeListeners(): ChangeListeners {
  const listeners = new Set<() => void>();
  return {
    subscribe(listener) {
      // A wrapper of its own, so that the same function given twice is two subscriptions.
      const subscription = () => listener();
      listeners.add(subscription);
      return () => void listeners.delete(subscription);
    },
    notify() {
      for (const listener of listeners) listener();
    },
  };
}
