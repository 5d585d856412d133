/** Work that is under way for the same key is waited for, not done twice. */
export function shareInFlight<Result, Details extends readonly unknown[] = []>(
  work: (key: string, ...details: Details) => Promise<Result>,
): (key: string, ...details: Details) => Promise<Result> {
  const underWay = new Map<string, Promise<Result>>();
  return (key, ...details) => {
    const known = underWay.get(key);
    if (known) return known;
    const result = work(key, ...details).finally(() => underWay.delete(key));
    underWay.set(key, result);
    return result;
  };
}
