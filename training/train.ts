/** `npm run train -- DATA_FOLDER`: makes every model again, one after another. The same data gives the same bytes. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const PROGRAMS = [
  'injection/train-injection.ts',
  'toxicity/train-toxicity.ts',
  'gibberish/train-gibberish.ts',
  'language/train-language.ts',
  'entities/train-entities.ts',
];

const folder = process.argv[2];
if (folder === undefined) throw new Error('npm run train -- DATA_FOLDER');
for (const program of PROGRAMS) {
  const startedMs = performance.now();
  console.log(`── ${program}`);
  const { status } = spawnSync(process.execPath, [join(import.meta.dirname, program), folder], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${program} failed`);
  console.log(`   ${((performance.now() - startedMs) / 1_000).toFixed(0)} s`);
}
