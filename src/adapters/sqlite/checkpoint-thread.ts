/** The thread that writes the log's write-ahead file back, so that no commit has to wait for it. */
import { parentPort, workerData } from 'node:worker_threads';
import { type ConnectionSettings, openConnection } from './connection.ts';

const EVERY_MS = 500;
const BUSY_TIMEOUT_MS = 5_000;

/** Passive: it takes nobody's lock, and leaves for the next time what is still being read or written. */
function serve(settings: ConnectionSettings): void {
  const connection = openConnection(settings, 'FULL', BUSY_TIMEOUT_MS);
  const timer = setInterval(() => connection.pragma('wal_checkpoint(passive)'), EVERY_MS);
  parentPort?.once('message', () => {
    clearInterval(timer);
    connection.close();
  });
}

serve(workerData as ConnectionSettings);
