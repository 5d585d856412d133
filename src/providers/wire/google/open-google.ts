/** Opens Gemini's answers: generated content, embeddings and counts. */
import { isArray, isObject, type Json } from '../../../base/json.ts';
import type { ProviderCall, WireAnswer, WireFrame } from '../../../modules/inference/provider.ts';
import type { TransportAnswer } from '../../../modules/inference/transport.ts';
import { asObject, wireAnswer } from '../answer.ts';
import { jsonFrames, MAX_MEDIA_EVENT_BYTES, newStreamState, withPayload } from '../frames.ts';
import { createPlainReader } from '../reading.ts';
import { shapeOf } from '../text-walk.ts';
import { decodeGenerated, decodeGoogleEmbeddings, decodeTotalTokens } from './generated-answer.ts';
import { createGoogleReader } from './google-reader.ts';
import { googleUsage } from './google-usage.ts';

const EMBEDDINGS = shapeOf({});

/** @throws Refusal `provider_bad_answer` for another media type */
export function openGoogle(call: ProviderCall, answer: TransportAnswer): WireAnswer {
  const stream = call.stream && call.operation === 'chat';
  if (call.operation !== 'chat') return openPlain(call, answer);
  const state = newStreamState();
  const amend = (frame: WireFrame): WireFrame => withoutTokenIds(frame, stream);
  return wireAnswer({
    dialect: 'google.generate',
    stream,
    frames: jsonFrames(answer, stream, { maxEventBytes: MAX_MEDIA_EVENT_BYTES, state, amend }),
    reader: createGoogleReader(stream, state),
    decodeChat: decodeGenerated,
  });
}

function openPlain(call: ProviderCall, answer: TransportAnswer): WireAnswer {
  const reader = createPlainReader(EMBEDDINGS, (json, reading) => {
    reading.usage = googleUsage(json['usageMetadata']);
  });
  const frames = jsonFrames(answer, false);
  return call.operation === 'count_tokens'
    ? wireAnswer({
        dialect: 'google.generate',
        stream: false,
        frames,
        reader,
        decodeCount: decodeTotalTokens,
      })
    : wireAnswer({
        dialect: 'google.embed',
        stream: false,
        frames,
        reader,
        decodeEmbeddings: (json) => decodeGoogleEmbeddings(json, call.model),
      });
}

/** A token's number tells its text to whoever has the vocabulary, and can be neither scanned nor edited. */
function withoutTokenIds(frame: WireFrame, stream: boolean): WireFrame {
  if (frame.json === undefined || !frame.bytes.includes('"tokenId"')) return frame;
  return withPayload(frame, asObject(withoutKey(frame.json, 'tokenId', 0)), stream);
}

const MAX_DEPTH = 64;

function withoutKey(json: Json, key: string, depth: number): Json {
  // Deeper than this no reader follows: it refuses the frame.
  if (depth > MAX_DEPTH) return json;
  if (isArray(json)) return json.map((item) => withoutKey(item, key, depth + 1));
  if (!isObject(json)) return json;
  const kept = Object.entries(json).filter(([name]) => name !== key);
  return Object.fromEntries(kept.map(([name, value]) => [name, withoutKey(value ?? null, key, depth + 1)]));
}
