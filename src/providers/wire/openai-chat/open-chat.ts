/** Opens answers of OpenAI's chat completions and embeddings. */
import { isObject, type Json } from '../../../base/json.ts';
import type { Usage } from '../../../domain/usage.ts';
import type { ProviderCall, WireAnswer, WireFrame } from '../../../modules/inference/provider.ts';
import type { TransportAnswer } from '../../../modules/inference/transport.ts';
import { asArray, asObject, wireAnswer } from '../answer.ts';
import { jsonFrames, newStreamState, withPayload } from '../frames.ts';
import { decodeChatCompletion } from './chat-completion.ts';
import { createChatReader } from './chat-reader.ts';
import { chatUsage } from './chat-usage.ts';
import { withoutTokenBytes } from './logprobs.ts';

const NOTHING = Buffer.alloc(0);

export interface OpenChatOptions {
  /** Whether a stream may end without `[DONE]` once each of its choices has finished. */
  readonly endMarkOptional: boolean;
}

/** @throws Refusal `provider_bad_answer` for another media type */
export function openChat(call: ProviderCall, answer: TransportAnswer, options: OpenChatOptions): WireAnswer {
  const { stream } = call;
  const state = newStreamState();
  const hidden = new WeakMap<WireFrame, Usage>();
  const hides = stream && !asksForUsage(call);
  const amend = (frame: WireFrame): WireFrame => {
    const usage = hides ? usageAlone(frame.json) : undefined;
    if (usage === undefined) return withoutBytes(frame, stream);
    const empty: WireFrame = { json: undefined, bytes: NOTHING };
    hidden.set(empty, usage);
    return empty;
  };
  return wireAnswer({
    dialect: 'openai.chat',
    stream,
    frames: jsonFrames(answer, stream, { state, amend }),
    reader: createChatReader({ stream, state, hidden, endMarkOptional: options.endMarkOptional }),
    decodeChat: decodeChatCompletion,
  });
}

/** Whether a usage chunk is the client's, or one that we asked for to meter the stream. */
function asksForUsage(call: ProviderCall): boolean {
  if (call.body.kind !== 'native') return true;
  return asObject(asObject(call.body.json)['stream_options'])['include_usage'] === true;
}

function usageAlone(json: Json | undefined): Usage | undefined {
  if (!isObject(json) || !isObject(json['usage'])) return undefined;
  return Array.isArray(json['choices']) && json['choices'].length === 0
    ? chatUsage(json['usage'])
    : undefined;
}

function withoutBytes(frame: WireFrame, stream: boolean): WireFrame {
  if (frame.json === undefined) return frame;
  const json = asObject(frame.json);
  const choices = asArray(json['choices']);
  if (!choices.some(hasLogprobs)) return frame;
  return withPayload(frame, { ...json, choices: choices.map(stripped) }, stream);
}

function hasLogprobs(choice: Json): boolean {
  return isObject(choice) && typeof choice['logprobs'] === 'object' && choice['logprobs'] !== null;
}

function stripped(choice: Json): Json {
  return isObject(choice) && hasLogprobs(choice)
    ? { ...choice, logprobs: withoutTokenBytes(choice['logprobs']) }
    : choice;
}
