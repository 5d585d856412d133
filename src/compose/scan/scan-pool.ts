/** Scans lines on several threads at once, and gives them back in the order in which they came. */
import { Worker } from 'node:worker_threads';
import type { LineResult, LineScannerSettings } from './line-scanner.ts';
import type { ScanBatch } from './scan-worker.ts';

/** A batch is sent when it has this many lines or characters, so that a thread is neither idle nor overfed. */
const BATCH_LINES = 64;
const BATCH_CHARACTERS = 256 * 1024;
/** Batches that wait at a thread. */
const QUEUED_PER_THREAD = 3;

const threadFile = new URL(
  import.meta.url.endsWith('.ts') ? './scan-worker.ts' : './scan-worker.js',
  import.meta.url,
);

interface Thread {
  readonly worker: Worker;
  readonly waiting: { resolve(results: readonly LineResult[]): void; reject(error: Error): void }[];
}

/** Memory is bounded by the threads, not by the input. @throws Error where a thread ends before its work */
export async function* scanLines(
  lines: AsyncIterable<string>,
  settings: LineScannerSettings,
  threadCount: number,
): AsyncGenerator<LineResult, void, undefined> {
  const threads = Array.from({ length: threadCount }, () => startThread(settings));
  const pending: Promise<readonly LineResult[]>[] = [];
  try {
    for await (const batch of batches(lines)) {
      pending.push(send(leastBusy(threads), batch));
      if (pending.length > threadCount * QUEUED_PER_THREAD) yield* (await pending.shift()) ?? [];
    }
    for (const results of pending) yield* await results;
  } finally {
    for (const results of pending) results.catch(() => undefined);
    await Promise.all(threads.map(({ worker }) => worker.terminate()));
  }
}

function startThread(settings: LineScannerSettings): Thread {
  const worker = new Worker(threadFile, { workerData: settings });
  const thread: Thread = { worker, waiting: [] };
  const fail = (error: Error) => {
    for (const { reject } of thread.waiting.splice(0)) reject(error);
  };
  worker.on('message', (results: readonly LineResult[]) => thread.waiting.shift()?.resolve(results));
  worker.on('error', (cause) => fail(new Error('a scanning thread failed', { cause })));
  worker.on('exit', () => fail(new Error('a scanning thread ended')));
  return thread;
}

function send({ worker, waiting }: Thread, batch: ScanBatch): Promise<readonly LineResult[]> {
  // Ended before it was asked, it answers nothing.
  if (worker.threadId === -1) return Promise.reject(new Error('a scanning thread ended'));
  return new Promise((resolve, reject) => {
    waiting.push({ resolve, reject });
    worker.postMessage(batch);
  });
}

function leastBusy(threads: readonly Thread[]): Thread {
  const [first, ...others] = threads;
  if (!first) throw new Error('there is no scanning thread');
  return others.reduce(
    (least, thread) => (thread.waiting.length < least.waiting.length ? thread : least),
    first,
  );
}

async function* batches(lines: AsyncIterable<string>): AsyncGenerator<ScanBatch, void, undefined> {
  let batch: string[] = [];
  let characters = 0;
  let firstLine = 1;
  let number = 0;
  for await (const line of lines) {
    number++;
    if (line.trim() === '') {
      // An empty line is no text, but it counts as a line for messages: the batch before it ends here.
      if (batch.length > 0) yield { firstLine, lines: batch };
      [batch, characters, firstLine] = [[], 0, number + 1];
      continue;
    }
    batch.push(line);
    characters += line.length;
    if (batch.length < BATCH_LINES && characters < BATCH_CHARACTERS) continue;
    yield { firstLine, lines: batch };
    [batch, characters, firstLine] = [[], 0, number + 1];
  }
  if (batch.length > 0) yield { firstLine, lines: batch };
}
