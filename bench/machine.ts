/** On what, with which versions and when the figures were measured. */
import { execFileSync } from 'node:child_process';
import { closeSync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Cores } from './cores.ts';
import { median } from './figures.ts';
import { PROJECT_DIRECTORY } from './places.ts';
import { portkey } from './servers/portkey.ts';

const SYNCS = 50;
const PAGE = Buffer.alloc(4_096, 1);

/** Median time to make 4 KB durable where the gateway keeps its data: what a record before release waits for at least. */
export function syncMilliseconds(directory: string): number {
  const file = openSync(join(directory, 'sync-probe'), 'w');
  const times: number[] = [];
  for (let each = 0; each < SYNCS; each++) {
    const startedAt = performance.now();
    writeSync(file, PAGE);
    fdatasyncSync(file);
    times.push(performance.now() - startedAt);
  }
  closeSync(file);
  return median(times);
}

function versionIn(...folders: readonly string[]): string {
  const file = join(PROJECT_DIRECTORY, ...folders, 'package.json');
  const manifest: { readonly version: string } = JSON.parse(readFileSync(file, 'utf8'));
  return manifest.version;
}

/** The commit, with a plus where the checkout's sources differ from it. */
function revision(): string {
  try {
    const options = { cwd: PROJECT_DIRECTORY, encoding: 'utf8' } as const;
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], options).trim();
    const changes = execFileSync('git', ['status', '--porcelain', 'src', 'packs'], options).trim();
    return changes === '' ? commit : `${commit}+`;
  } catch {
    return 'unknown';
  }
}

export function describeMachine(
  /** Undefined where nothing is pinned on purpose. */
  cores: Cores | undefined,
  syncMs: number,
  hasPortkey: boolean,
): readonly (readonly [string, string])[] {
  const load = loadavg().map((each) => each.toFixed(1));
  const pinned =
    cores?.server === undefined
      ? `nothing${cores ? ' (one core)' : ''}`
      : `server on core ${cores.server}, upstream on core ${cores.upstream}, load on core ${cores.load}`;
  return [
    ['Date', new Date().toISOString().slice(0, 16).replace('T', ' ').concat(' UTC')],
    ['Processor', `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores`],
    ['Pinned', pinned],
    ['Memory', `${Math.round(totalmem() / 2 ** 30)} GiB`],
    ['Kernel', `Linux ${release()}; load average at the end of the run ${load.join(', ')}`],
    ['4 KB made durable', `${syncMs.toFixed(2)} ms (median of ${SYNCS})`],
    ['Node', process.version],
    ['Bartizan', `${versionIn()} at ${revision()}; embedded database, group commit`],
    ['Pass-through', `undici ${versionIn('node_modules', 'undici')}`],
    ['Peer', hasPortkey ? portkey.description() : 'left out'],
  ];
}
