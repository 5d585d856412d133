/** Sends one batch, and finds the entries in it that a destination will never take. */
import { SinkError, Unacceptable, type ExportItem, type Rejection } from './sink.ts';

export type Send = (batch: readonly ExportItem[]) => Promise<readonly Rejection[]>;

/**
 * Every item was taken or is among the rejections; items are sent in order, some of them again where a part was
 * rejected. @throws where it is not known, and where nothing of several items is taken: that is a destination that is
 * set up wrongly, not an odd entry.
 */
export async function sendBatch(batch: readonly ExportItem[], send: Send): Promise<readonly Rejection[]> {
  const rejections = await sendPart(batch, send);
  if (batch.length > 1 && rejections.length >= batch.length) throw new SinkError('rejects_everything');
  return rejections;
}

async function sendPart(part: readonly ExportItem[], send: Send): Promise<readonly Rejection[]> {
  const [first] = part;
  if (first === undefined) return [];
  try {
    return checked(await send(part), part);
  } catch (error) {
    if (!(error instanceof Unacceptable)) throw error;
    const blamed = part.length === 1 ? first : part[error.index ?? -1];
    const at = blamed === undefined ? Math.ceil(part.length / 2) : part.indexOf(blamed);
    const after = blamed === undefined ? at : at + 1;
    const rejection = blamed === undefined ? [] : [{ position: blamed.position, reason: error.reason }];
    const earlier = await sendPart(part.slice(0, at), send);
    return [...earlier, ...rejection, ...(await sendPart(part.slice(after), send))];
  }
}

/** A sink is a stranger: an answer that is none is no acknowledgement. */
function checked(rejections: readonly Rejection[], part: readonly ExportItem[]): readonly Rejection[] {
  const positions = new Set(part.map(({ position }) => position));
  const isSound =
    isList(rejections) &&
    rejections.every(
      (rejection: Rejection | undefined) =>
        rejection !== undefined &&
        typeof rejection.reason === 'string' &&
        positions.delete(rejection.position),
    );
  if (!isSound) throw new SinkError('nonsense');
  return rejections;
}

function isList(value: readonly Rejection[] | undefined): boolean {
  return Array.isArray(value);
}
