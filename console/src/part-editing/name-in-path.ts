/**
 * Names of parts may have a slash in them, and words of an address may not: `~` stands for it, which no name has. As no
 * name begins with a slash, `~` before a name says that it is one, and no word of the console's own: `~new`.
 */

const OWN_WORDS: ReadonlySet<string> = new Set(['new']);

export function nameInPath(name: string): string {
  return encodeURIComponent(`${OWN_WORDS.has(name) ? '~' : ''}${name.replaceAll('/', '~')}`);
}

export function nameFromPath(word: string | undefined): string {
  return (word ?? '').replace(/^~/, '').replaceAll('~', '/');
}
