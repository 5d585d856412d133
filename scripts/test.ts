/**
 * Runs the tests, lists the slowest files, what failed, and what was left out and why, and ends with the count alone
 * on a line.
 *
 *   npm test                      minutes' worth: all but the slow folders; suites whose server does not answer are left out
 *   npm run test:slow             the slow folders
 *   CI=true npm test              all tests, none left out
 *   npm test -- src/tlog -t text  vitest's own arguments
 */
import {
  parseCLI,
  startVitest,
  type TestCase,
  type TestModule,
  type TestSuite,
  type Vitest,
} from 'vitest/node';

const SLOW_FILE_MS = 5000;
/** Whole gateways in processes of their own, a browser, a log that is attacked and killed. */
const SLOW_FOLDERS = ['test/e2e', 'test/console', 'test/log'];

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)]);
const isAll = process.env['CI'] === 'true' || filter.length > 0;
const vitest = await startVitest('test', filter, {
  ...options,
  ...(isAll
    ? {}
    : { exclude: [...(options.exclude ?? []), ...SLOW_FOLDERS.map((folder) => `${folder}/**`)] }),
  watch: false,
  run: true,
});
await vitest.close();
report(vitest);

function report(run: Vitest): void {
  const modules = run.state.getTestModules();
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const count = (state: string) => tests.filter((test) => test.result().state === state).length;

  // A file that does not load and an error outside every test have no test to be counted by.
  const brokenFiles = modules.filter((module) => module.errors().length > 0);
  const brokenSuites = modules
    .flatMap((module) => [...module.children.allSuites()])
    .filter((suite) => suite.errors().length > 0);
  const failed =
    count('failed') + brokenFiles.length + brokenSuites.length + run.state.getUnhandledErrors().length;
  const skipped = count('skipped');
  const unfinished = count('pending');

  printSlowest(modules);
  printFailed([
    ...brokenFiles.map((module) => `${module.relativeModuleId}: ${firstMessage(module.errors())}`),
    ...brokenSuites.map(
      (suite) => `${suite.module.relativeModuleId}: ${suite.fullName}: ${firstMessage(suite.errors())}`,
    ),
    ...tests
      .filter((test) => test.result().state === 'failed')
      .map(
        (test) =>
          `${test.module.relativeModuleId}: ${test.fullName}: ${firstMessage(test.result().errors ?? [])}`,
      ),
    ...run.state.getUnhandledErrors().map((error) => `outside every test: ${firstMessage([error])}`),
  ]);
  printLeftOut(tests.filter((test) => test.result().state === 'skipped'));
  const isRed =
    failed + unfinished > 0 || modules.length === 0 || (process.env['CI'] === 'true' && skipped > 0);
  if (!isAll) console.log(`Left to npm run test:slow: ${SLOW_FOLDERS.join(', ')}.`);
  if (process.env['CI'] === 'true' && skipped > 0) console.log('With CI=true no test may be left out.');
  console.log(
    `${count('passed')} passed, ${failed + unfinished} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  );
  process.exitCode = isRed ? 1 : 0;
}

/** Where the time goes, so that a test that has grown slow is seen. */
function printSlowest(modules: readonly TestModule[]): void {
  const slowest = modules
    .map((module) => ({ name: module.relativeModuleId, ms: module.diagnostic().duration }))
    .filter(({ ms }) => ms >= SLOW_FILE_MS)
    .toSorted((a, b) => b.ms - a.ms)
    .slice(0, 20);
  if (slowest.length === 0) return;
  console.log('\nSlowest files:');
  for (const { name, ms } of slowest) console.log(`  ${(ms / 1000).toFixed(1).padStart(6)} s  ${name}`);
}

/** Once more and briefly at the end, where a long run is read. */
function printFailed(failures: readonly string[]): void {
  if (failures.length === 0) return;
  console.log('\nFailed:');
  for (const failure of failures) console.log(`  ${failure}`);
}

function firstMessage(errors: readonly unknown[]): string {
  const [error] = errors;
  const message = error instanceof Object && 'message' in error ? error.message : error;
  return String(message).split('\n', 1)[0]?.slice(0, 200) ?? '';
}

function printLeftOut(tests: readonly TestCase[]): void {
  const counts = new Map<string, number>();
  for (const test of tests) {
    const reason = `${test.module.relativeModuleId}: ${reasonOf(test)}`;
    counts.set(reason, (counts.get(reason) ?? 0) + 1);
  }
  if (counts.size === 0) return;
  console.log('\nLeft out:');
  for (const [reason, count] of counts) console.log(`  ${count} × ${reason}`);
  console.log('');
}

/** A test's own note, else the outermost suite that was left out, whose name says why. */
function reasonOf(test: TestCase): string {
  const result = test.result();
  if (result.state === 'skipped' && result.note) return `${test.fullName}: ${result.note}`;
  let reason: TestCase | TestSuite = test;
  for (let parent = test.parent; parent.type === 'suite'; parent = parent.parent) {
    if (parent.options.mode === 'skip') reason = parent;
  }
  return reason.fullName;
}
