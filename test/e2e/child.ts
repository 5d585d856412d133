/** The gateway as operators run it: a process of its own, started, stopped and killed, and its command line beside it. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const PROGRAM = resolve(import.meta.dirname, '..', '..', 'src', 'cli', 'bartizan.ts');

type Environment = Readonly<Record<string, string>>;

export interface Home {
  readonly directory: string;
  readonly environment: Environment;
  /** Starts the gateway on the home's data, again after it ended; `more` is for this start alone. */
  start(more?: Environment): Promise<ChildGateway>;
  /** Runs one command; rejects with what it wrote to standard error where it fails. */
  run(args: readonly string[], input?: string, more?: Environment): Promise<string>;
  remove(): Promise<void>;
}

export interface ChildGateway {
  readonly url: string;
  /** Of the first start alone. */
  readonly key: string | undefined;
  readonly process: ChildProcess;
  /** Memory that it holds. */
  residentKib(): Promise<number>;
  /** SIGTERM; resolves to the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** With a `configuration`, it is applied at every start. */
export async function makeHome(environment: Environment = {}, configuration?: string): Promise<Home> {
  const directory = await mkdtemp(join(tmpdir(), 'bartizan-home-'));
  const file = join(directory, 'start.yaml');
  if (configuration !== undefined) await writeFile(file, configuration);
  const started = new Set<ChildProcess>();
  const full = {
    PATH: process.env['PATH'] ?? '',
    // Each start compiles the same sources.
    NODE_COMPILE_CACHE: join(tmpdir(), 'bartizan-compile-cache'),
    BARTIZAN_PORT: '0',
    BARTIZAN_DATA: join(directory, 'data'),
    BARTIZAN_INSTANCE: 'child',
    BARTIZAN_LOG_LEVEL: 'silent',
    ...(configuration === undefined ? {} : { BARTIZAN_CONFIG: file }),
    ...environment,
  };
  return {
    directory,
    environment: full,
    async start(more = {}) {
      const child = spawn(process.execPath, [PROGRAM, 'start'], {
        cwd: directory,
        env: { ...full, ...more },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      started.add(child);
      const { url, key } = await greeting(child);
      return {
        url,
        key,
        process: child,
        async residentKib() {
          // Without a process of its own to ask with, where the system tells it in a file.
          const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => undefined);
          const told = status === undefined ? undefined : /^VmRSS:\s*(\d+) kB$/m.exec(status)?.[1];
          if (told !== undefined) return Number(told);
          const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(child.pid)]);
          return Number(stdout);
        },
        async stop() {
          const ended = child.exitCode === null ? once(child, 'exit') : undefined;
          child.kill('SIGTERM');
          await ended;
          return child.exitCode;
        },
        async kill() {
          const ended = once(child, 'exit');
          child.kill('SIGKILL');
          await ended;
        },
      };
    },
    run(args, input = '', more = {}) {
      return new Promise((resolveOutput, reject) => {
        const child = execFile(
          process.execPath,
          [PROGRAM, ...args],
          { cwd: directory, env: { ...full, ...more }, maxBuffer: 64 * 1024 * 1024 },
          (error, stdout, stderr) => {
            if (error) reject(new Error(stderr || error.message));
            else resolveOutput(stdout);
          },
        );
        child.stdin?.end(input);
      });
    },
    async remove() {
      for (const child of started)
        if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await rm(directory, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The environment of a process to which it is so many days later. */
export function daysLater(days: number): Environment {
  const later = `const now=Date.now;Date.now=()=>now()+${days * 86_400_000}`;
  return { NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(later)}` };
}

/** The first lines that it prints: where it serves, and at the first start a key. What follows is read and dropped. */
async function greeting(child: ChildProcess): Promise<{ url: string; key: string | undefined }> {
  const { stdout } = child;
  if (!stdout) throw new Error('standard output is needed');
  const lines: string[] = [];
  const reader = createInterface({ input: stdout });
  const settled = new Promise<void>((resolveLines, reject) => {
    let quiet: NodeJS.Timeout | undefined;
    reader.on('line', (line) => {
      lines.push(line);
      clearTimeout(quiet);
      // The lines come at once; none is the last by its words.
      quiet = setTimeout(resolveLines, 150);
    });
    reader.once('close', () =>
      reject(new Error(`the gateway ended without a greeting: ${lines.join('\n')}`)),
    );
  });
  await settled;
  const text = lines.join('\n');
  const url = /http:\/\/[\d.:]+/.exec(text)?.[0];
  if (url === undefined) throw new Error(`the greeting names no address: ${text}`);
  return { url, key: /bz_[A-Za-z0-9_-]+/.exec(text)?.[0] };
}
