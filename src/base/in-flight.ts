/** Work that is under way for the same key is waited for, not done twice. */
export function shareInFlight<T>(work: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const underWay = new Map<string, Promise<T>>();
  return (key) => {
    const known = underWay.get(key);
    if (known) return known;
    const result = work(key).finally(() => underWay.delete(key));
    underWay.set(key, result);
    return result;
  };
}
