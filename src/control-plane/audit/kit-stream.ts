/** An auditor's kit as a stream: as fast as it is taken, whatever its size, and no further than somebody takes it. */
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { Refusal } from '../../domain/refusal.ts';
import { KitOrderError, makeKit, type KitMeans, type KitOrder } from '../../modules/audit/audit.ts';

/** Resolves once the first of it is there. @throws Refusal `unacceptable` where it cannot be made as it was asked for */
export async function kitStream(
  means: KitMeans,
  order: KitOrder,
  signal: AbortSignal,
): Promise<NodeJS.ReadableStream> {
  const stream = new PassThrough();
  const begun = once(stream, 'readable');
  const made = makeKit(means, order, async (bytes) => {
    signal.throwIfAborted();
    if (!stream.write(bytes)) await once(stream, 'drain', { signal });
  }).then(
    () => void stream.end(),
    (error: unknown) => {
      // What was sent so far is no archive: it ends without its directory, and with a broken connection.
      stream.destroy(error instanceof Error ? error : new Error('the kit could not be made'));
      throw error;
    },
  );
  made.catch(() => {});
  begun.catch(() => {});
  try {
    await Promise.race([begun, made]);
  } catch (error) {
    if (error instanceof KitOrderError) throw new Refusal('unacceptable', error.message, { cause: error });
    throw error;
  }
  return stream;
}
