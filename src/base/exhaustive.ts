/** Closes a switch over a union: a kind that was forgotten does not compile. */
export function unreachable(value: never): never {
  throw new Error(`a value of a kind that no branch expects: ${typeof value}`);
}
