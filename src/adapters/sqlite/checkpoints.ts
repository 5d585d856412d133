/** Starts the thread that writes the write-ahead file back. */
import { Worker } from 'node:worker_threads';
import type { ConnectionSettings } from './connection.ts';

export interface Checkpoints {
  stop(): Promise<void>;
}

/** Compiled, the thread's file ends with .js; in the repository Node runs it as TypeScript. */
const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './checkpoint-thread.ts' : './checkpoint-thread.js',
  import.meta.url,
);

/** Where the thread dies, whoever commits writes the file back, as without it: later, and at the cost of a pause. */
export function startCheckpoints(settings: ConnectionSettings): Checkpoints {
  const worker = new Worker(threadFile, { workerData: settings });
  worker.unref();
  const ended = new Promise<void>((resolve) => {
    worker.once('exit', () => resolve());
    worker.once('error', () => resolve());
  });
  return {
    stop() {
      worker.ref();
      worker.postMessage('stop');
      return ended;
    },
  };
}
