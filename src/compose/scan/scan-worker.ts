/** A thread that scans batches of JSON lines. */
import { parentPort, workerData } from 'node:worker_threads';
import { createLineScanner, type LineScannerSettings } from './line-scanner.ts';

export interface ScanBatch {
  readonly firstLine: number;
  readonly lines: readonly string[];
}

if (parentPort) {
  const port = parentPort;
  const scanLine = await createLineScanner(workerData as LineScannerSettings);
  port.on('message', ({ firstLine, lines }: ScanBatch) => {
    void Promise.all(lines.map((line, index) => scanLine(line, firstLine + index))).then((results) =>
      port.postMessage(results),
    );
  });
}
