/** Answers of Bedrock's Converse in neutral form. */
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { ChatAnswer, ChatEvent, FinishReason, Part } from '../../../domain/chat.ts';
import { NO_USAGE, type Usage } from '../../../domain/usage.ts';
import { asArray, asCount, asIndex, asObject, asText } from '../answer.ts';
import { called, calledWith, said, signed, type Calls, type Events } from '../one-choice-events.ts';
import { badAnswer } from '../text-walk.ts';

/** Tokens read from and written to the cache stand beside the input, not in it. */
export function converseUsage(json: Json | undefined): Usage | undefined {
  if (!isObject(json)) return undefined;
  const cachedInputTokens = asCount(json['cacheReadInputTokens']);
  const cacheWriteTokens = asCount(json['cacheWriteInputTokens']);
  return {
    inputTokens: asCount(json['inputTokens']) + cachedInputTokens + cacheWriteTokens,
    outputTokens: asCount(json['outputTokens']),
    cachedInputTokens,
    cacheWriteTokens,
    reasoningTokens: 0,
    source: 'reported',
  };
}

export function converseFinish(reason: Json | undefined): FinishReason | undefined {
  if (typeof reason !== 'string') return undefined;
  switch (reason) {
    case 'tool_use':
      return 'tool_calls';
    case 'max_tokens':
    case 'model_context_window_exceeded':
      return 'length';
    case 'stop_sequence':
      return 'stop_sequence';
    case 'guardrail_intervened':
    case 'content_filtered':
      return 'content_filter';
    case 'refusal':
      return 'refusal';
    default:
      return 'stop';
  }
}

/** @param id and model as the request had them: the body names neither */
export function createConverseDecoder(
  id: string,
  model: string,
): (name: string, json: JsonObject) => readonly ChatEvent[] {
  const calls: Calls = new Map();
  return (name, json) => {
    if (name === 'messageStart') return [{ kind: 'start', id, model }];
    const decode = EVENTS.get(name);
    return decode === undefined ? [] : decode(calls, json);
  };
}

type Decode = (calls: Calls, event: JsonObject) => Events;

const EVENTS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['contentBlockStart', blockStart],
  ['contentBlockDelta', blockDelta],
  ['messageStop', (_, json) => [finishOf(json['stopReason'])]],
  ['metadata', (_, json) => usageOf(json['usage'])],
]);

function blockStart(calls: Calls, json: JsonObject): Events {
  const tool = asObject(json['start'])['toolUse'];
  if (!isObject(tool)) return [];
  return called(calls, asIndex(json['contentBlockIndex'], calls.size), tool['toolUseId'], tool['name']);
}

/** A delta has one of these. */
function blockDelta(calls: Calls, json: JsonObject): Events {
  const { text, toolUse, reasoningContent } = asObject(json['delta']);
  const input = asText(asObject(toolUse)['input']);
  const reasoning = asObject(reasoningContent);
  return firstOf(
    said('text', text),
    input === '' ? [] : calledWith(calls, asIndex(json['contentBlockIndex'], 0), input),
    said('reasoning', reasoning['text']),
    signed(reasoning['signature']),
  );
}

function firstOf(...candidates: readonly Events[]): Events {
  return candidates.find((events) => events.length > 0) ?? [];
}

function finishOf(reason: Json | undefined): ChatEvent {
  return { kind: 'finish', choice: 0, reason: converseFinish(reason) ?? 'stop' };
}

function usageOf(json: Json | undefined): Events {
  const usage = converseUsage(json);
  return usage === undefined ? [] : [{ kind: 'usage', usage }];
}

export function decodeConverse(json: Json, id: string, model: string): ChatAnswer {
  const answer = asObject(json);
  const message = asObject(answer['output'])['message'];
  if (!isObject(message)) throw badAnswer('it has no message');
  const parts = asArray(message['content']).flatMap((block) => blockParts(asObject(block)));
  const finish = converseFinish(answer['stopReason']) ?? 'stop';
  return {
    id,
    model,
    choices: [{ index: 0, parts, finish }],
    usage: converseUsage(answer['usage']) ?? NO_USAGE,
  };
}

function blockParts(block: JsonObject): Part[] {
  if (typeof block['text'] === 'string') return [{ kind: 'text', text: block['text'] }];
  const tool = block['toolUse'];
  if (isObject(tool)) {
    const { toolUseId, name, input } = tool;
    return [
      {
        kind: 'tool_call',
        id: asText(toolUseId),
        name: asText(name),
        arguments: JSON.stringify(input ?? {}),
      },
    ];
  }
  const reasoning = asObject(block['reasoningContent'])['reasoningText'];
  if (isObject(reasoning)) {
    const signature = asText(reasoning['signature']);
    return [
      { kind: 'reasoning', text: asText(reasoning['text']), ...(signature === '' ? {} : { signature }) },
    ];
  }
  // Text that cites its sources is text all the same.
  const cited = asArray(asObject(block['citationsContent'])['content']);
  return cited.map((piece): Part => ({ kind: 'text', text: asText(asObject(piece)['text']) }));
}
