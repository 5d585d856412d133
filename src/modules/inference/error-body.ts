/** Reads the beginning of an error's body, within a size and a time. */
import type { TransportAnswer } from './transport.ts';

const MAX_BYTES = 64 * 1024;

/** What came in time; a body that breaks off, hangs or is too long gives what it had by then. */
export async function readErrorBody(answer: TransportAnswer, timeoutMs: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const body = answer.body[Symbol.asyncIterator]();
  const read = async (): Promise<void> => {
    for (let size = 0; size < MAX_BYTES; ) {
      const step = await body.next();
      if (step.done === true) return;
      chunks.push(step.value);
      size += step.value.length;
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  // The status alone is enough to refuse by: a broken body only makes the message poorer.
  await Promise.race([read().catch(() => undefined), timeout]);
  clearTimeout(timer);
  discard(answer, body);
  return Buffer.concat(chunks).subarray(0, MAX_BYTES);
}

/** Lets go of a body that nobody reads any further. */
export function discard(answer: TransportAnswer, body = answer.body[Symbol.asyncIterator]()): void {
  body.return?.().catch(() => undefined);
}
