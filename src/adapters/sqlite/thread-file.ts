/** Where the code of a thread is: compiled, its file ends with .js; in the repository Node runs it as TypeScript. */
export function threadFile(name: string): URL {
  return new URL(`./${name}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
}
