/** Tells a truncated or foreign file from an ONNX model by its outermost structure, without reading it whole. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Of ModelProto in onnx.proto. */
const GRAPH_FIELD = 7;
/** A model has a few: versions, producer, graph, metadata, functions. */
const MAX_FIELDS = 10_000;
/** A field's tag and length take two varints of ten bytes at most. */
const HEADER_BYTES = 20;

/** @throws Error naming the file */
export function checkOnnxFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const header = Buffer.alloc(HEADER_BYTES);
    let hasGraph = false;
    let at = 0;
    for (let fields = 0; at < size; fields++) {
      if (fields === MAX_FIELDS) throw new Error(`${path} is not an ONNX model`);
      const length = readSync(file, header, 0, HEADER_BYTES, at);
      const field = fieldAt(header.subarray(0, length));
      if (!field) throw new Error(`${path} is not an ONNX model, or is damaged at byte ${at}`);
      hasGraph ||= field.number === GRAPH_FIELD;
      at += field.length;
    }
    if (at > size)
      throw new Error(`${path} is truncated: it has ${size} bytes and should have at least ${at}`);
    if (!hasGraph) throw new Error(`${path} is not an ONNX model: it holds no graph`);
  } finally {
    closeSync(file);
  }
}

/** The field that these bytes begin, with its header's length; undefined where they begin none (protobuf's encoding guide). */
function fieldAt(bytes: Buffer): { readonly number: number; readonly length: number } | undefined {
  const tag = varintAt(bytes, 0);
  if (!tag) return undefined;
  const number = Math.floor(tag.value / 8);
  if (number === 0) return undefined;
  switch (tag.value % 8) {
    case 0: {
      const value = varintAt(bytes, tag.end);
      return value && { number, length: value.end };
    }
    case 1:
      return { number, length: tag.end + 8 };
    case 2: {
      const size = varintAt(bytes, tag.end);
      return size && { number, length: size.end + size.value };
    }
    case 5:
      return { number, length: tag.end + 4 };
    default:
      return undefined;
  }
}

function varintAt(
  bytes: Buffer,
  start: number,
): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let at = start; at < Math.min(bytes.length, start + 10); at++) {
    const byte = bytes.readUInt8(at);
    value += (byte & 0x7f) * 2 ** (7 * (at - start));
    if (byte < 0x80) return { value, end: at + 1 };
  }
  return undefined;
}
