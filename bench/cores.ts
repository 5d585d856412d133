/** Which core each part of the bench is pinned to, so that what is measured shares a core with nothing that measures. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Cores {
  /** Undefined where the machine has one core: then nothing is pinned. */
  readonly server: number | undefined;
  readonly upstream: number | undefined;
  readonly load: number | undefined;
}

function allowedCores(): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number);
    return Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
  });
}

/** The server has a core to itself; load and upstream share the second one unless there is a third. */
export function chooseCores(): Cores {
  const [server, upstream, load = upstream] = allowedCores();
  return upstream === undefined
    ? { server: undefined, upstream: undefined, load: undefined }
    : { server, upstream, load };
}

/** Pins every thread of this process. */
export function pinSelf(core: number | undefined): void {
  if (core === undefined) return;
  execFileSync('taskset', ['-a', '-c', '-p', String(core), String(process.pid)], { stdio: 'pipe' });
}

/** The command that runs node with these arguments on the core; taskset becomes node, so the process id stays. */
export function nodeCommand(core: number | undefined, args: readonly string[]): [string, string[]] {
  return core === undefined
    ? [process.execPath, [...args]]
    : ['taskset', ['-c', String(core), process.execPath, ...args]];
}
