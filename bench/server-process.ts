/** One server as its own process on loopback: started, waited for, and ended by its process id alone. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { nodeCommand } from './cores.ts';

const READY_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 15_000;

export interface ServerOptions {
  readonly name: string;
  /** For node. */
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly core: number | undefined;
  readonly port: number;
  /** Takes what it prints: a file costs the load generator nothing. */
  readonly outputFile: string;
}

export interface ServerProcess {
  readonly name: string;
  readonly pid: number;
  readonly port: number;
  output(): string;
  stop(): Promise<void>;
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

/** A port that nobody listened on a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/** @throws Error with what the server printed, where it ends or does not listen in time */
export async function startServer(options: ServerOptions): Promise<ServerProcess> {
  const { name, port, outputFile } = options;
  const output = () => readFileSync(outputFile, 'utf8');
  const child = spawnServer(options);
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (!(await isListening(port))) {
    if (hasEnded(child) || performance.now() > deadline) {
      child.kill('SIGKILL');
      throw new Error(`${name} does not listen on port ${port}:\n${output().slice(-4_000)}`);
    }
    await sleep(50);
  }
  if (child.pid === undefined) throw new Error(`${name} has no process id`);
  return { name, pid: child.pid, port, output, stop: () => stop(child) };
}

function spawnServer({ args, environment, core, port, outputFile }: ServerOptions): ChildProcess {
  const [program, programArgs] = nodeCommand(core, args);
  const file = openSync(outputFile, 'w');
  const child = spawn(program, programArgs, {
    // Nothing is inherited: provider keys in the caller's environment are none of a bench's business.
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      PORT: String(port),
      ...environment,
    },
    stdio: ['ignore', file, file],
  });
  closeSync(file);
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(timer);
}
