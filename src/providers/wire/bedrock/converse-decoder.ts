/** Answers of Bedrock's Converse in neutral form. */
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { ChatAnswer, ChatEvent, FinishReason, Part } from '../../../domain/chat.ts';
import { NO_USAGE, type Usage } from '../../../domain/usage.ts';
import { asArray, asCount, asIndex, asObject, asText } from '../answer.ts';
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
  const calls = new Map<number, number>();

  function blockStart(json: JsonObject): ChatEvent[] {
    const tool = asObject(json['start'])['toolUse'];
    if (!isObject(tool)) return [];
    const call = calls.size;
    calls.set(asIndex(json['contentBlockIndex'], call), call);
    return [
      { kind: 'tool_call', choice: 0, call, id: asText(tool['toolUseId']), name: asText(tool['name']) },
    ];
  }

  function blockDelta(json: JsonObject): ChatEvent[] {
    const delta = asObject(json['delta']);
    const text = asText(delta['text']);
    if (text !== '') return [{ kind: 'text', choice: 0, text }];
    const input = asText(asObject(delta['toolUse'])['input']);
    const call = calls.get(asIndex(json['contentBlockIndex'], 0));
    if (input !== '' && call !== undefined) return [{ kind: 'tool_arguments', choice: 0, call, text: input }];
    const reasoning = asObject(delta['reasoningContent']);
    const thought = asText(reasoning['text']);
    if (thought !== '') return [{ kind: 'reasoning', choice: 0, text: thought }];
    const signature = asText(reasoning['signature']);
    return signature === '' ? [] : [{ kind: 'reasoning_signature', choice: 0, signature }];
  }

  return (name, json) => {
    switch (name) {
      case 'messageStart':
        return [{ kind: 'start', id, model }];
      case 'contentBlockStart':
        return blockStart(json);
      case 'contentBlockDelta':
        return blockDelta(json);
      case 'messageStop':
        return [{ kind: 'finish', choice: 0, reason: converseFinish(json['stopReason']) ?? 'stop' }];
      case 'metadata': {
        const usage = converseUsage(json['usage']);
        return usage === undefined ? [] : [{ kind: 'usage', usage }];
      }
      default:
        return [];
    }
  };
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
