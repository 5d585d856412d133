/** Rewrites the least that must change in a body which a provider gets as the client wrote it. */
import type { Json, JsonObject } from '../../base/json.ts';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MODEL_KEY = Buffer.from('"model"');

/**
 * The body with another model name, and `insert` (members as JSON text, with a comma at the end) at its beginning.
 * The bytes MUST be one object that was parsed strictly: without duplicate keys there is only one place for the name.
 */
export function spliceModel(bytes: Buffer, model: string, insert: string): Buffer | undefined {
  const open = bytes.indexOf(0x7b);
  const value = modelValue(bytes, open);
  if (open < 0 || value === undefined) return undefined;
  return Buffer.concat([
    bytes.subarray(0, open + 1),
    Buffer.from(insert),
    bytes.subarray(open + 1, value.start),
    Buffer.from(JSON.stringify(model)),
    bytes.subarray(value.end),
  ]);
}

interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** Where the value of the outermost `model` stands; undefined where the key is written with escapes or has no string. */
function modelValue(bytes: Buffer, open: number): ByteRange | undefined {
  let depth = 0;
  let isKey = false;
  for (let at = open; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) {
      const end = endOfString(bytes, at);
      if (isKey && end - at === MODEL_KEY.length && bytes.subarray(at, end).equals(MODEL_KEY)) {
        return stringAfter(bytes, end);
      }
      isKey = false;
      at = end - 1;
    } else if (byte === 0x7b || byte === 0x5b) {
      depth++;
      isKey = depth === 1;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
    else if (byte === 0x2c) isKey = depth === 1;
  }
  return undefined;
}

/** Index after the closing quote. */
function endOfString(bytes: Buffer, start: number): number {
  let end = bytes.indexOf(QUOTE, start + 1);
  while (end > 0) {
    let escapes = 0;
    while (bytes[end - 1 - escapes] === BACKSLASH) escapes++;
    if (escapes % 2 === 0) return end + 1;
    end = bytes.indexOf(QUOTE, end + 1);
  }
  return bytes.length;
}

function stringAfter(bytes: Buffer, keyEnd: number): ByteRange | undefined {
  let at = keyEnd;
  while (at < bytes.length && bytes[at] !== QUOTE) {
    const byte = bytes[at];
    if (byte !== 0x3a && byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return undefined;
    at++;
  }
  return at < bytes.length ? { start: at, end: endOfString(bytes, at) } : undefined;
}

/** The body to send: the very bytes where the name is right already, spliced where that can be done, else written anew. */
export function withModel(json: JsonObject, bytes: Buffer | null, model: string): Buffer | string {
  if (bytes !== null && json['model'] === model) return bytes;
  return (bytes === null ? undefined : spliceModel(bytes, model, '')) ?? JSON.stringify({ ...json, model });
}

export function jsonBody(json: Json): string {
  return JSON.stringify(json);
}
