import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultGuardrails } from '../compose/scan/default-guardrails.ts';

const PROGRAM = join(import.meta.dirname, 'bartizan.ts');
/** Writes the address of every module that is loaded, by import or by require. */
const HOOK = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from 'node:fs';
  import { registerHooks } from 'node:module';
  registerHooks({
    load(url, context, next) {
      writeSync(2, 'loaded ' + url + '\\n');
      return next(url, context);
    },
  });
`)}`;

function run(args: readonly string[], input: string) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', HOOK, PROGRAM, ...args], {
    input,
    encoding: 'utf8',
  });
  const packages = [...stderr.matchAll(/^loaded .*\/node_modules\/((?:@[^/]+\/)?[^/]+)/gm)].map(
    ([, name = '']) => name,
  );
  const scanners = [...stderr.matchAll(/^loaded .*\/src\/scanners\/([^/]+)/gm)].map(([, name = '']) => name);
  const said = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('loaded '));
  return { status, stdout, said, packages: new Set(packages), scanners: new Set(scanners) };
}

test('a scan loads nothing of the gateway, of scanners that are off by default, of Cedar, of RE2 and of the numbering plans', () => {
  const { status, stdout, packages, scanners } = run(['scan'], 'Please write to joe@example.com about it.');
  expect(status).toBe(0);
  expect(stdout).toContain('EMAIL_ADDRESS');
  expect([...packages].toSorted()).toEqual(['commander', 'ibantools', 'zod']);
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
