/**
 * Go and its transparency log packages for tests, as Debian's golang-go and golang-golang-x-mod-dev install them.
 *
 * Without CI=true, a suite that needs them is left out where they are missing and says so.
 * With CI=true nothing is left out: missing packages fail its tests.
 */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe } from 'vitest';

/** Where packages of Go lie; BARTIZAN_TEST_GO_PATH names another place. */
const goPath = process.env['BARTIZAN_TEST_GO_PATH'] ?? '/usr/share/gocode';

function isGoThere(): boolean {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
  } catch {
    return false;
  }
  return existsSync(path.join(goPath, 'src/golang.org/x/mod/sumdb/tlog'));
}

/** A suite that needs Go with golang.org/x/mod. */
export function describeWithGo(name: string, suite: () => void): void {
  if (isGoThere() || process.env['CI'] === 'true') describe(name, suite);
  else describe.skip(`${name} [left out: no Go with golang.org/x/mod on this machine]`, suite);
}

/** Builds a program of one file, offline, with a cache of its own in the folder; its path. */
export async function buildGo(source: string, folder: string): Promise<string> {
  const program = path.join(folder, 'program');
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    GO111MODULE: 'off',
    GOPATH: goPath,
    GOCACHE: path.join(folder, 'cache'),
    GOPROXY: 'off',
    GOTOOLCHAIN: 'local',
    CGO_ENABLED: '0',
  };
  await promisify(execFile)('go', ['build', '-o', program, source], { env });
  return program;
}
