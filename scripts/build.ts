/** Compiles src to dist, copies beside it the data files that the code reads at run time, and builds the console. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, rmSync } from 'node:fs';
import { buildConsole } from './console.ts';

const executable = 'dist/cli/bartizan.js';

rmSync('dist', { recursive: true, force: true });
const compiled = spawnSync('tsc', ['--project', 'tsconfig.build.json'], { stdio: 'inherit' });
if (compiled.status !== 0) process.exit(1);

cpSync('src', 'dist', {
  recursive: true,
  filter: (source) => !source.endsWith('.ts') && !source.endsWith('testdata'),
});
if (existsSync(executable)) chmodSync(executable, 0o755);
buildConsole();
