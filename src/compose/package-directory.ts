/** Where the package's own files lie: the same from source (src/compose) and compiled (dist/compose). */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

export const packageDirectory = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
