/** A thread that scans batches of JSON lines. */
import { parentPort, workerData } from 'node:worker_threads';
import { stepBack } from '../../base/thread-priority.ts';
import { createLineScanner, type LineScannerSettings } from './line-scanner.ts';

export interface ScanBatch {
  readonly firstLine: number;
  readonly lines: readonly string[];
}

if (parentPort) {
  const port = parentPort;
  const settings = workerData as LineScannerSettings;
  if (settings.niceness !== undefined) stepBack(settings.niceness);
  const scanLine = await createLineScanner(settings);
  port.on('message', ({ firstLine, lines }: ScanBatch) => {
    void Promise.all(lines.map((line, index) => scanLine(line, firstLine + index))).then((results) =>
      port.postMessage(results),
    );
  });
}
