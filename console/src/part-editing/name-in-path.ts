/** Names of parts may have a slash in them, and words of an address may not: `~` stands for it, which no name has. */

export function nameInPath(name: string): string {
  return encodeURIComponent(name.replaceAll('/', '~'));
}

export function nameFromPath(word: string | undefined): string {
  return (word ?? '').replaceAll('~', '/');
}
