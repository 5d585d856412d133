import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleInto, ENTRANCES } from '../../scripts/bundle.ts';
import { defaultGuardrails } from '../compose/scan/default-guardrails.ts';

const CHECKOUT = resolve(import.meta.dirname, '..', '..');
const PROGRAM = join(import.meta.dirname, 'bartizan.ts');
const LINE = 'Please write to joe@example.com about it.';
/** All that a scan of one text needs of what others made. */
const PACKAGES = ['commander', 'ibantools', 'zod'];
/** Every module's address is in it. */
const MOST_OUTPUT = 64 * 1024 * 1024;
/** Writes the address of every module that is loaded, by import or by require. */
const HOOK = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  import { registerHooks } from 'node:module';
  // A pipe that is full for a moment is no fault of what is loaded.
  function tell(line) {
    for (;;)
      try {
        return writeSync(2, line);
      } catch (error) {
        if (error.code !== 'EAGAIN') throw error;
      }
  }
  registerHooks({
    load(url, context, next) {
      tell('loaded ' + url + '\\n');
      return next(url, context);
    },
  });
`)}`;

function run(args: readonly string[], input: string, program = PROGRAM) {
  const { error, status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', HOOK, program, ...args],
    { input, encoding: 'utf8', maxBuffer: MOST_OUTPUT },
  );
  if (error) throw error;
  const files = [...stderr.matchAll(/^loaded file:\/\/(.*)/gm)].map(([, name = '']) => name);
  const packages = [...stderr.matchAll(/^loaded .*\/node_modules\/((?:@[^/]+\/)?[^/]+)/gm)].map(
    ([, name = '']) => name,
  );
  const scanners = [...stderr.matchAll(/^loaded .*\/src\/scanners\/([^/]+)/gm)].map(([, name = '']) => name);
  const said = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('loaded '));
  return { status, stdout, said, files, packages: new Set(packages), scanners: new Set(scanners) };
}

test('a scan loads nothing of the gateway, of scanners that are off by default, of Cedar, of RE2 and of the numbering plans', () => {
  const { status, stdout, packages, scanners } = run(['scan'], LINE);
  expect(status).toBe(0);
  expect(stdout).toContain('EMAIL_ADDRESS');
  expect([...packages].toSorted()).toEqual(PACKAGES);
  const needed = defaultGuardrails([]).map(({ scanner }) => scanner);
  expect(scanners).toEqual(new Set([...needed, 'linear', 'reading']));
});

test('a scanner that is off by default is loaded where it is named', () => {
  const { status, stdout } = run(['scan', '--scanners', 'gibberish,pii'], 'Write to joe@example.com.');
  expect(status).toBe(0);
  expect(stdout).toContain('EMAIL_ADDRESS');
});

test.each([[[]], [['--jsonl']]])('a scanner that needs settings is refused in one line: %s', (more) => {
  const { status, said } = run(['scan', '--scanners', 'token-limit', ...more], '{"text":"hello"}');
  expect(status).toBe(1);
  expect(said).toEqual([expect.stringContaining('token-limit: config.max_tokens')]);
});

test.each([[['no-such-file.txt']], [['--jsonl', 'no-such-file.txt']], [['--config', 'no-such-file.txt']]])(
  'a file that is not there is named in one line: %s',
  (args) => {
    const { status, said } = run(['scan', ...args], '');
    expect(status).toBe(1);
    expect(said).toEqual([expect.stringContaining("open 'no-such-file.txt'")]);
  },
);

test('a telephone number has the numbering plans loaded', () => {
  const { stdout, packages } = run(['scan', '--scanners', 'pii'], 'Call +49 30 901820 now.');
  expect(stdout).toContain('PHONE_NUMBER');
  expect(packages).toContain('libphonenumber-js');
});

test('help lists every command', () => {
  const { status, stdout } = run(['--help'], '');
  expect(status).toBe(0);
  for (const command of 'start plan apply export rollback keys secrets audit usage scan eval'.split(' '))
    expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'));
});

describe('what is built', () => {
  /** As the package is installed: its folder, and in it what is built and what that reads. */
  let installed: string;
  let program: string;

  beforeAll(async () => {
    installed = realpathSync(mkdtempSync(join(tmpdir(), 'bartizan-built-')));
    for (const name of ['models', 'node_modules', 'package.json'])
      symlinkSync(join(CHECKOUT, name), join(installed, name));
    await bundleInto(join(installed, 'dist', 'cli'));
    program = join(installed, 'dist', 'cli', 'bartizan.js');
  }, 60_000);

  afterAll(() => rmSync(installed, { recursive: true, force: true }));

  test('loads a few files of its own to scan a text, and no other packages than the sources do', () => {
    const { status, stdout, files, packages } = run(['scan'], LINE, program);
    expect(status).toBe(0);
    expect(stdout).toContain('EMAIL_ADDRESS');
    expect([...packages].toSorted()).toEqual(PACKAGES);
    const own = files.filter((name) => name.startsWith(`${installed}/dist/`));
    expect(own).toContain(program);
    expect(own.length).toBeLessThanOrEqual(24);
  });

  test('scans a data set in threads', () => {
    const { status, stdout } = run(
      ['scan', '--jsonl', '--jobs', '1'],
      JSON.stringify({ text: LINE }),
      program,
    );
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'redact',
      findings: [{ category: 'EMAIL_ADDRESS' }],
    });
  });

  test('loads every command', () => {
    expect(run(['--help'], '', program).stdout).toBe(run(['--help'], '').stdout);
  });

  test('holds a file for each thread that the sources start', () => {
    const threads = readdirSync(join(CHECKOUT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((name) => /(?<!\.test)\.ts$/.test(name))
      .filter((name) => /\bparentPort\b/.test(readFileSync(join(CHECKOUT, 'src', name), 'utf8')))
      .map((name) => `src/${name}`);
    expect(threads).not.toEqual([]);
    expect([...threads, 'src/cli/bartizan.ts'].toSorted()).toEqual(ENTRANCES);
  });
});
