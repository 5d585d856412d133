/** Reads a request's body within its limits of size, time and shape. */
import type { IncomingMessage } from 'node:http';
import { isObject, parseJson, type Json } from '../base/json.ts';
import { JsonError, type JsonLimits } from '../base/json-limits.ts';
import { Refusal } from '../domain/refusal.ts';
import type { ReceivedBody } from './exchange.ts';

export interface BodyLimits extends JsonLimits {
  readonly maxBytes: number;
  /** From the first look at the body to its last byte. */
  readonly timeoutMs: number;
}

/** @throws Refusal unsupported_media_type, body_too_large, request_timeout, client_closed, invalid_json */
export async function readBody(request: IncomingMessage, limits: BodyLimits): Promise<ReceivedBody> {
  checkHeaders(request, limits);
  const bytes = await collect(request, limits);
  const json = parse(bytes, limits);
  if (!isObject(json))
    throw new Refusal('invalid_request', 'the body must be a JSON object', { pointer: '' });
  return { bytes, json };
}

function checkHeaders({ headers }: IncomingMessage, { maxBytes }: BodyLimits): void {
  const type = headers['content-type'];
  if (type !== undefined && !/^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type))
    throw new Refusal('unsupported_media_type');
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity')
    throw new Refusal('unsupported_media_type', 'the body must not be compressed');
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
}

function collect(request: IncomingMessage, { maxBytes, timeoutMs }: BodyLimits): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const timer = setTimeout(() => stop(new Refusal('request_timeout')), timeoutMs);
    const stop = (refusal: Refusal) => {
      clearTimeout(timer);
      chunks.length = 0;
      request.removeAllListeners('data').pause();
      reject(refusal);
    };
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > maxBytes) stop(tooLarge(maxBytes));
      else chunks.push(chunk);
    });
    request.once('end', () => {
      clearTimeout(timer);
      const [first] = chunks;
      resolve(chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks, size));
    });
    request.once('error', (cause) => stop(new Refusal('client_closed', undefined, { cause })));
    request.once('close', () => {
      if (!request.complete) stop(new Refusal('client_closed'));
    });
  });
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal('body_too_large', `the body is larger than ${maxBytes} bytes`);
}

function parse(bytes: Buffer, limits: JsonLimits): Json {
  try {
    return parseJson(bytes, limits);
  } catch (error) {
    if (error instanceof JsonError) throw new Refusal('invalid_json', error.message);
    throw error;
  }
}
