/** Where the package's own files lie: the same from source (src/base) and built (dist/cli), which lie as deep. */
import { fileURLToPath } from 'node:url';

const root = new URL('../../', import.meta.url);

export const packageDirectory = fileURLToPath(root);

/** The folder of a model, by its name below `models/`. */
export function modelFolder(name: string): URL {
  return new URL(`models/${name}/`, root);
}
