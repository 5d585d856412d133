/** Turns the bytes of an answer into frames: server-sent events, or one frame for a buffered body. */
import { isObject, parseTrusted, type Json, type JsonObject } from '../../base/json.ts';
import { JsonError } from '../../base/json-limits.ts';
import { hasDuplicateKeys } from '../../base/json-members.ts';
import { createSseSplitter, formatSse, type SseEvent, type SseSplitter } from '../../base/sse.ts';
import type { WireFrame } from '../../modules/inference/provider.ts';
import type { TransportAnswer } from '../../modules/inference/transport.ts';
import { badAnswer } from './text-walk.ts';

export const MAX_EVENT_BYTES = 1024 * 1024;
/** For dialects whose events carry images. */
export const MAX_MEDIA_EVENT_BYTES = 16 * 1024 * 1024;
/** The transport's own limit is lower as a rule; this one holds where an answer did not come through it. */
const MAX_BUFFERED_BYTES = 256 * 1024 * 1024;

const LF = 0x0a;
const CR = 0x0d;
const END_MARK = '[DONE]';
const KEEP_ALIVE = Buffer.from(': keep-alive\n\n');

/** What the stream of bytes tells beside its frames. */
export interface StreamState {
  /** The frame that was the dialect's own end mark (`[DONE]`). */
  endMark: WireFrame | null;
  /** The body ended within an event. */
  cutOff: boolean;
}

export function newStreamState(): StreamState {
  return { endMark: null, cutOff: false };
}

/** @throws Refusal where the answer is of another kind than asked for: an HTML page, a buffered body for a stream */
export function assertMediaType(answer: TransportAnswer, expected: RegExp): void {
  const type = answer.headers['content-type'];
  if (type !== undefined && !expected.test(type))
    throw badAnswer('it has another media type than was asked for');
  const encoding = answer.headers['content-encoding'];
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity')
    throw badAnswer('it is compressed');
}

export const JSON_MEDIA = /^application\/(?:[\w.-]+\+)?json\b/i;
const SSE_MEDIA = /^text\/event-stream\b/i;

export interface FrameOptions {
  readonly maxEventBytes?: number;
  readonly state?: StreamState;
  /** Takes out what no reader can scan. */
  readonly amend?: (frame: WireFrame) => WireFrame;
}

/** Frames of a JSON body, or of events of JSON where a stream was asked for. @throws Refusal for another media type */
export function jsonFrames(
  answer: TransportAnswer,
  stream: boolean,
  options: FrameOptions = {},
): AsyncIterable<WireFrame> {
  const { maxEventBytes = MAX_EVENT_BYTES, state = newStreamState(), amend } = options;
  assertMediaType(answer, stream ? SSE_MEDIA : JSON_MEDIA);
  return stream ? sseFrames(answer.body, maxEventBytes, state, amend) : bufferedFrames(answer.body, amend);
}

/** The whole body as one frame. */
export async function* bufferedFrames(
  body: AsyncIterable<Buffer>,
  amend?: FrameOptions['amend'],
): AsyncGenerator<WireFrame, void, undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BUFFERED_BYTES) throw badAnswer(`it is longer than ${MAX_BUFFERED_BYTES} bytes`);
    chunks.push(chunk);
  }
  const first = chunks[0];
  const bytes = chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, size);
  const text = bytes.toString('utf8');
  const json = parseObject(text);
  const frame = { json, bytes: saysMore(text, json) ? Buffer.from(stringify(json)) : bytes };
  yield amend ? amend(frame) : frame;
}

/** One frame for each event; comments and unknown fields of the protocol, which nobody scans, are not kept. */
async function* sseFrames(
  body: AsyncIterable<Buffer>,
  maxEventBytes: number,
  state: StreamState,
  amend?: FrameOptions['amend'],
): AsyncGenerator<WireFrame, void, undefined> {
  const splitter = createSseSplitter(maxEventBytes);
  for await (const chunk of body) {
    for (const event of split(splitter, chunk, maxEventBytes)) {
      const frame = toFrame(event, state);
      yield amend ? amend(frame) : frame;
    }
  }
  const rest = splitter.rest().toString('utf8').trim();
  if (rest === '') return;
  // Some servers leave the last blank line out.
  if (rest !== `data: ${END_MARK}`) state.cutOff = true;
  else yield endMark(Buffer.from(`data: ${END_MARK}\n\n`), state);
}

function split(splitter: SseSplitter, bytes: Buffer, maxEventBytes: number): SseEvent[] {
  try {
    return splitter.push(bytes);
  } catch (cause) {
    throw badAnswer(`an event of more than ${maxEventBytes} bytes`, cause);
  }
}

function toFrame(event: SseEvent, state: StreamState): WireFrame {
  const { data } = event;
  if (data === null || data.trim() === '') return { json: undefined, bytes: KEEP_ALIVE };
  if (data === END_MARK || data.trim() === END_MARK)
    return endMark(Buffer.from(`data: ${END_MARK}\n\n`), state);
  const json = parseObject(data);
  const isNamed = event.name !== 'message' && EVENT_NAME.test(event.name) && !LONG_NUMBER.test(event.name);
  const name = isNamed ? event.name : 'message';
  const isAsRead = name === event.name && isPlain(event.bytes) && !saysMore(data, json);
  const bytes = isAsRead ? event.bytes : sseBytes(json, name);
  return isNamed ? { name, json, bytes } : { json, bytes };
}

/** An event's name is not scanned: one that is no name is left out. */
const EVENT_NAME = /^[\w.]{1,64}$/;
const LONG_NUMBER = /\d{7}/;
const REPLACEMENT = '\uFFFD';

/** Whether a text says more than what was made of it: values that a later one replaced, or bytes that are no UTF-8. */
function saysMore(text: string, json: Json): boolean {
  return hasDuplicateKeys(text, json) || text.includes(REPLACEMENT);
}

function endMark(bytes: Buffer, state: StreamState): WireFrame {
  const frame: WireFrame = { json: undefined, bytes };
  state.endMark = frame;
  return frame;
}

/**
 * Whether an event is `data:` alone or `event:` and `data:`, on lines that end with a line feed: anything more would be
 * forwarded without being read.
 */
function isPlain(bytes: Buffer): boolean {
  const at = hasAt(bytes, 0, EVENT_FIELD) ? bytes.indexOf(LF) + 1 : 0;
  if (!hasAt(bytes, at, DATA_FIELD) || bytes.indexOf(LF, at) < bytes.length - 3) return false;
  for (let cr = bytes.indexOf(CR); cr >= 0; cr = bytes.indexOf(CR, cr + 1)) {
    if (bytes[cr + 1] !== LF) return false;
  }
  return true;
}

const EVENT_FIELD = Buffer.from('event:');
const DATA_FIELD = Buffer.from('data:');

function hasAt(bytes: Buffer, at: number, field: Buffer): boolean {
  for (let i = 0; i < field.length; i++) if (bytes[at + i] !== field[i]) return false;
  return true;
}

function sseBytes(json: Json, name: string | undefined): Buffer {
  return Buffer.from(formatSse(stringify(json), name === 'message' ? undefined : name));
}

function stringify(json: Json): string {
  try {
    return JSON.stringify(json);
  } catch (cause) {
    // Nested deeper than the stack; nothing else in parsed JSON makes it throw.
    throw badAnswer('it is nested too deep', cause);
  }
}

/** A frame with another payload than it came with. */
export function withPayload(frame: WireFrame, json: JsonObject, stream: boolean): WireFrame {
  return { ...frame, json, bytes: stream ? sseBytes(json, frame.name) : Buffer.from(stringify(json)) };
}

export function parseObject(text: string): JsonObject {
  try {
    const json = parseTrusted(text);
    if (isObject(json)) return json;
  } catch (cause) {
    if (!(cause instanceof JsonError)) throw cause;
  }
  throw badAnswer('it is not a JSON object');
}
