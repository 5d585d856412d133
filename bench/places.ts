/** Where the bench keeps what is not the project's: on the checkout's own disk, so that a commit there costs what it costs. */
import { join, resolve } from 'node:path';

export const PROJECT_DIRECTORY = resolve(import.meta.dirname, '..');
export const CACHE_DIRECTORY = join(PROJECT_DIRECTORY, 'node_modules', '.cache', 'bartizan-bench');
