/** Starts the thread that writes the write-ahead file back. */
import { Worker } from 'node:worker_threads';
import type { ConnectionSettings } from './connection.ts';
import { threadFile } from './thread-file.ts';

export interface Checkpoints {
  stop(): Promise<void>;
}

/** Where the thread dies, whoever commits writes the file back, as without it: later, and at the cost of a pause. */
export function startCheckpoints(settings: ConnectionSettings): Checkpoints {
  const worker = new Worker(threadFile('checkpoint-thread'), { workerData: settings });
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
