/** Builds the web console where it has not been built from what stands here: `npm start` in a fresh clone shows it. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const output = join(root, 'console', 'dist');
/** What the build was made from. */
const mark = join(output, 'built-from.txt');
const SOURCES = [
  'console/src',
  'console/index.html',
  'console/vite.config.ts',
  'console/package.json',
  'src/contract',
];

/** A digest of every file that goes into the build. */
function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    const path = join(root, source);
    const files = /\.\w+$/.test(source)
      ? [path]
      : readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
          .map((entry) => join(entry.parentPath, entry.name))
          .sort();
    for (const file of files) hash.update(file.slice(root.length)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Builds it, unless what is there was built from the same sources. */
export function buildConsole(): void {
  const digest = digestOfSources();
  if (existsSync(mark) && readFileSync(mark, 'utf8') === digest) return;
  console.log('Building the web console …');
  const built = spawnSync('vite', ['build', '--logLevel', 'warn'], {
    cwd: join(root, 'console'),
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (built.status !== 0) throw new Error('the web console could not be built');
  writeFileSync(mark, digest);
}

if (import.meta.main) {
  try {
    buildConsole();
  } catch (error) {
    // Without its development dependencies the gateway still serves models and its API.
    console.error(`${error instanceof Error ? error.message : String(error)}: starting without it`);
  }
}
