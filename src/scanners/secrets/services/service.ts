/** A service whose keys have a shape but no prefix: the shape counts where the service's name stands in the key's name. */
import { either, type Part } from '../rules/rule.ts';

export interface NamedService {
  /** The kind that findings carry. */
  readonly id: string;
  readonly title: string;
  /** In small letters; one of them stands in the name. */
  readonly words: readonly string[];
  /** The whole value, and nothing else. */
  readonly pattern: RegExp;
}

export function service(
  id: string,
  title: string,
  words: readonly string[],
  ...shapes: readonly Part[]
): NamedService {
  return { id, title, words, pattern: new RegExp(`^${either(...shapes).source}$`) };
}
