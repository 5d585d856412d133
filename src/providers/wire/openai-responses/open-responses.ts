/** Opens answers of OpenAI's Responses API. */
import { isArray, isObject, type Json } from '../../../base/json.ts';
import type { ProviderCall, WireAnswer, WireFrame } from '../../../modules/inference/provider.ts';
import type { TransportAnswer } from '../../../modules/inference/transport.ts';
import { asObject, wireAnswer } from '../answer.ts';
import { jsonFrames, MAX_MEDIA_EVENT_BYTES, withPayload } from '../frames.ts';
import { withoutTokenBytes } from '../openai-chat/logprobs.ts';
import { decodeResponse } from './responses-decoder.ts';
import { createResponsesReader } from './responses-reader.ts';

/** @throws Refusal `provider_bad_answer` for another media type */
export function openResponses(call: ProviderCall, answer: TransportAnswer): WireAnswer {
  const { stream } = call;
  const amend = (frame: WireFrame): WireFrame => withoutBytes(frame, stream);
  return wireAnswer({
    dialect: 'openai.responses',
    stream,
    frames: jsonFrames(answer, stream, { maxEventBytes: MAX_MEDIA_EVENT_BYTES, amend }),
    reader: createResponsesReader(stream),
    decodeChat: decodeResponse,
  });
}

/** Tokens repeat the text as numbers as well; looked for only where an event can hold them. */
function withoutBytes(frame: WireFrame, stream: boolean): WireFrame {
  if (frame.json === undefined || !frame.bytes.includes('"logprobs"')) return frame;
  const json = withoutTokens(frame.json, 0);
  return json === frame.json ? frame : withPayload(frame, asObject(json), stream);
}

/** Depth at which logprobs can stand: response / output / item / content / part / logprobs. */
const LOGPROBS_DEPTH = 8;

function withoutTokens(json: Json, depth: number): Json {
  if (depth > LOGPROBS_DEPTH) return json;
  if (isArray(json)) {
    const items = json.map((item) => withoutTokens(item, depth + 1));
    return items.some((item, i) => item !== json[i]) ? items : json;
  }
  if (!isObject(json)) return json;
  let copy: Record<string, Json | undefined> | undefined;
  for (const [key, value] of Object.entries(json)) {
    if (value === undefined || value === null || typeof value !== 'object') continue;
    const isTokens = key === 'logprobs';
    if (isTokens && isArray(value) && value.length === 0) continue;
    const stripped = isTokens ? withoutTokenBytes(value) : withoutTokens(value, depth + 1);
    if (stripped !== value) (copy ??= { ...json })[key] = stripped;
  }
  return copy ?? json;
}
