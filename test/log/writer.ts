/** Starts processes that write to a log, and hears what they say until they are killed. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';
import { parseSaid, type Said } from './mirror.ts';
import type { Moment } from './writing-process.ts';

const script = fileURLToPath(new URL('./writing-process.ts', import.meta.url));

export interface WriterOptions {
  /** Kills itself so long after this has come so many times. */
  readonly death?: { readonly moment: Moment; readonly count: number; readonly delayMicros: number };
  /** Goes on after a refusal, and says that there was one. */
  readonly isPatient?: boolean;
  readonly onFirstWord?: (kill: () => void) => void;
}

export interface Writer {
  readonly pid: number;
  /** So far. */
  said(): Said;
  /** Resolves once there are so many more receipts than now. */
  goesOn(receipts?: number): Promise<void>;
  /** Resolves once it was told no, later than now. */
  isRefused(): Promise<void>;
  /** Resolves when it was killed. @throws Error where it ended by itself */
  readonly killed: Promise<Said>;
  kill(): Promise<Said>;
}

const PATIENCE_MS = 60_000;

export function startWriter(location: string, instance: string, options: WriterOptions = {}): Writer {
  const { death, isPatient = false, onFirstWord } = options;
  const child = spawn(
    process.execPath,
    [
      script,
      location,
      instance,
      isPatient ? 'patient' : 'strict',
      death?.moment ?? 'none',
      String(death?.count ?? 1),
      String(death?.delayMicros ?? 0),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (output === '') onFirstWord?.(() => child.kill('SIGKILL'));
    output += chunk.toString();
  });
  const killed = new Promise<Said>((resolve, reject) => {
    child.on('close', (_, signal) => {
      if (signal === 'SIGKILL') resolve(parseSaid(output));
      else reject(new Error(`the process ended by itself (${signal ?? 'without a signal'})`));
    });
  });
  const said = () => parseSaid(output);
  const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: PATIENCE_MS, interval: 20 });
  return {
    pid: child.pid ?? 0,
    said,
    async goesOn(receipts = 50) {
      const enough = said().receipts.length + receipts;
      await until(() => said().receipts.length >= enough);
    },
    async isRefused() {
      const { refusals } = said();
      await until(() => said().refusals > refusals);
    },
    killed,
    kill() {
      child.kill('SIGKILL');
      return killed;
    },
  };
}
