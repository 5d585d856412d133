/** The package as npm would publish it: packed, installed in an empty folder, started. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const checkout = resolve(import.meta.dirname, '..', '..');
let folder: string;
let gateway: ChildProcess | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bartizan-package-'));
  await run('npm', ['run', 'build'], { cwd: checkout });
  await run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: checkout });
  const [tarball] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  await writeFile(join(folder, 'package.json'), '{"private":true}');
  await run(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts', `./${tarball}`],
    { cwd: folder },
  );
}, 180_000);

afterAll(async () => {
  if (gateway?.exitCode === null) {
    gateway.kill('SIGTERM');
    await once(gateway, 'exit');
  }
  await rm(folder, { recursive: true, force: true });
});

test('npx bartizan start serves from an installed package, and its first key answers a question', async () => {
  gateway = spawn(process.execPath, [join(folder, 'node_modules', '.bin', 'bartizan'), 'start'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], BARTIZAN_PORT: '0', BARTIZAN_DATA: join(folder, 'data') },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { url, key } = await greeting(gateway);
  const answer = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ model: 'simulator', messages: [{ role: 'user', content: 'Hello' }] }),
  });
  expect(answer.status).toBe(200);
  expect(JSON.stringify(await answer.json())).toContain('simulator');
}, 60_000);

test('the package holds no test, no source and no test data', async () => {
  const files = await readdir(join(folder, 'node_modules', 'bartizan'), { recursive: true });
  const own = files.filter((name) => !name.includes('node_modules'));
  expect(own.filter((name) => /\.test\.|testdata|(?<!\.d)\.ts$/.test(name))).toEqual([]);
});

async function greeting({ stdout }: ChildProcess): Promise<{ url: string; key: string }> {
  if (stdout === null) throw new Error('standard output is needed');
  let url: string | undefined;
  for await (const line of createInterface({ input: stdout })) {
    url ??= /http:\/\/[\d.:]+/.exec(line)?.[0];
    const key = /bz_[A-Za-z0-9_-]+/.exec(line)?.[0];
    if (url !== undefined && key !== undefined) return { url, key };
  }
  throw new Error('the gateway ended without a greeting');
}
