/** A list of names of which some end in `*`, asked whether it holds a name. */

export interface NameMatcher {
  has(name: string): boolean;
  /** Names without a wildcard. */
  readonly exact: ReadonlySet<string>;
}

export function isWildcard(name: string): boolean {
  return name.endsWith('*');
}

export function createNameMatcher(names: readonly string[]): NameMatcher {
  const exact = new Set(names.filter((name) => !isWildcard(name)));
  const prefixes = names.filter(isWildcard).map((name) => name.slice(0, -1));
  return { exact, has: (name) => exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix)) };
}
