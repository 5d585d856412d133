/** Makes few files of src, since most of a command's time is loading them (ADR 20). */
import { chmodSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { rolldown } from 'rolldown';

/** What a process or a thread begins with; in what is built they lie beside one another. */
export const ENTRANCES = [
  'src/adapters/sqlite/checkpoint-thread.ts',
  'src/adapters/sqlite/writer-thread.ts',
  'src/cli/bartizan.ts',
  'src/compose/activity-thread.ts',
  'src/compose/replay/replay-thread.ts',
  'src/compose/scan/scan-worker.ts',
];

/** All go into one folder, which MUST lie two below the package's own, as the folders of src do. */
export async function bundleInto(folder: string): Promise<void> {
  const bundle = await rolldown({
    cwd: resolve(import.meta.dirname, '..'),
    input: ENTRANCES,
    platform: 'node',
    // Packages stay as they are installed: what a user's tools check is what runs.
    external: (id, importer) => importer !== undefined && !id.startsWith('.') && !isAbsolute(id),
  });
  await bundle.write({
    dir: folder,
    entryFileNames: '[name].js',
    chunkFileNames: '[name]-[hash].js',
    sourcemap: true,
  });
  await bundle.close();
  chmodSync(join(folder, 'bartizan.js'), 0o755);
}
