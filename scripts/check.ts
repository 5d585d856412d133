/** One command that checks all but the tests: format, lint, floors, dead code, types. */
import { spawn } from 'node:child_process';

interface Check {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const checks: readonly Check[] = [
  { name: 'format', command: ['biome', 'format', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--report-unused-disable-directives', '.'] },
  { name: 'floors', command: ['depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'console/src'] },
  { name: 'dead code', command: ['knip'] },
  { name: 'types', command: ['tsc', '--noEmit'] },
  { name: 'console types', command: ['tsc', '--noEmit', '-p', 'console'] },
  { name: 'reference', command: ['node', 'scripts/reference.ts', '--check'] },
];

/** Runs one tool from node_modules/.bin, which npm puts on the PATH of scripts. */
function run({ command: [tool, ...args] }: Check): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool, args, { stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0));
  });
}

const wanted = process.argv.slice(2);
const outcomes: { readonly name: string; readonly isGreen: boolean; readonly seconds: string }[] = [];
for (const check of checks) {
  if (wanted.length > 0 && !wanted.includes(check.name)) continue;
  console.log(`\n── ${check.name}: ${check.command.join(' ')}`);
  const startedAt = performance.now();
  const isGreen = await run(check);
  outcomes.push({ name: check.name, isGreen, seconds: ((performance.now() - startedAt) / 1000).toFixed(1) });
}

console.log('');
for (const { name, isGreen, seconds } of outcomes)
  console.log(`${isGreen ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
process.exitCode = outcomes.every(({ isGreen }) => isGreen) ? 0 : 1;
