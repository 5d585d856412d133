/** Frames of AWS's binary event streams (`application/vnd.amazon.eventstream`), each checked by its two CRCs. */
import { EventStreamCodec, type Message } from '@smithy/eventstream-codec';
import type { WireFrame } from '../../../modules/inference/provider.ts';
import { MAX_EVENT_BYTES, parseObject, type StreamState } from '../frames.ts';
import { badAnswer } from '../text-walk.ts';

/** Length, headers' length and their CRC, and the message's CRC at the end. */
const LEAST_BYTES = 16;

const codec = new EventStreamCodec(
  (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8'),
  (text: string) => Buffer.from(text, 'utf8'),
);

/** The frame's name is the event's type; an exception's is its type as well. */
export async function* eventStreamFrames(
  body: AsyncIterable<Buffer>,
  state: StreamState,
): AsyncGenerator<WireFrame, void, undefined> {
  let chunks: Buffer[] = [];
  let held = 0;
  let needed = 4;
  for await (const chunk of body) {
    chunks.push(chunk);
    held += chunk.length;
    // Put together only once there is enough of it, so that a slow drip stays linear.
    if (held < needed) continue;
    let bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks, held);
    needed = neededBytes(bytes);
    while (bytes.length >= 4 && bytes.length >= needed) {
      yield toFrame(bytes.subarray(0, needed));
      bytes = bytes.subarray(needed);
      needed = neededBytes(bytes);
    }
    chunks = bytes.length === 0 ? [] : [bytes];
    held = bytes.length;
  }
  if (held > 0) state.cutOff = true;
}

function neededBytes(bytes: Buffer): number {
  if (bytes.length < 4) return 4;
  const length = bytes.readUInt32BE(0);
  if (length < LEAST_BYTES) throw badAnswer('an event that is shorter than any event');
  if (length > MAX_EVENT_BYTES) throw badAnswer(`an event of more than ${MAX_EVENT_BYTES} bytes`);
  return length;
}

function toFrame(bytes: Buffer): WireFrame {
  const { headers, body } = decoded(bytes);
  const type = headerOf(headers, ':message-type');
  const name =
    headerOf(headers, ':event-type') ??
    headerOf(headers, ':exception-type') ??
    headerOf(headers, ':error-code');
  const payload = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('utf8');
  const json = payload === '' ? {} : parseObject(payload);
  if (type === 'event') return { name: name ?? 'unknown', json, bytes };
  // An error without a type in the payload's place: what says so are the headers.
  const message = headerOf(headers, ':error-message');
  return { name: `!${name ?? 'error'}`, json: message === undefined ? json : { ...json, message }, bytes };
}

function decoded(bytes: Buffer): Message {
  try {
    return codec.decode(bytes);
  } catch (cause) {
    throw badAnswer('an event whose checksum is wrong', cause);
  }
}

function headerOf(headers: Message['headers'], name: string): string | undefined {
  const header = headers[name];
  return header?.type === 'string' ? header.value : undefined;
}
