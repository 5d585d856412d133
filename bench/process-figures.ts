/** What the kernel knows of a process: processor time of all its threads, and resident memory. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** User and system time, proc_pid_stat(5) fields 14 and 15, and the name of the process or thread. */
function readStat(file: string): { readonly name: string; readonly seconds: number } {
  const stat = readFileSync(file, 'utf8');
  const nameEnd = stat.lastIndexOf(')');
  const afterName = stat.slice(nameEnd + 2).split(' ');
  const seconds = (Number(afterName[11]) + Number(afterName[12])) / ticksPerSecond;
  return { name: stat.slice(stat.indexOf('(') + 1, nameEnd), seconds };
}

/** Of all its threads, since its start. */
export function cpuSeconds(pid: number): number {
  return readStat(`/proc/${pid}/stat`).seconds;
}

/** By the name of the thread: V8's helpers, which collect garbage and compile, show in no JavaScript profile. */
export function cpuSecondsByThread(pid: number): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const { name, seconds } = readStat(`/proc/${pid}/task/${thread}/stat`);
    sums.set(name, (sums.get(name) ?? 0) + seconds);
  }
  return sums;
}

export function residentMegabytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1]) / 1024;
}
