/** Answers of the Responses API in neutral form. */
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { ChatAnswer, ChatEvent, FinishReason, Part } from '../../../domain/chat.ts';
import { NO_USAGE, type Usage } from '../../../domain/usage.ts';
import { asArray, asCount, asIndex, asObject, asText } from '../answer.ts';
import { called, calledWith, type Calls, type Events } from '../one-choice-events.ts';

export function responsesUsage(json: Json | undefined): Usage | undefined {
  if (!isObject(json)) return undefined;
  const input = asObject(json['input_tokens_details']);
  return {
    inputTokens: asCount(json['input_tokens']),
    outputTokens: asCount(json['output_tokens']),
    cachedInputTokens: asCount(input['cached_tokens']),
    cacheWriteTokens: asCount(input['cache_write_tokens']),
    reasoningTokens: asCount(asObject(json['output_tokens_details'])['reasoning_tokens']),
    source: 'reported',
  };
}

/** Undefined while the response is in progress. */
export function responseFinish(response: JsonObject): FinishReason | undefined {
  if (response['status'] === 'incomplete') {
    const { reason } = asObject(response['incomplete_details']);
    return reason === 'content_filter' ? 'content_filter' : 'length';
  }
  if (response['status'] !== 'completed') return undefined;
  const items = asArray(response['output']).map(asObject);
  if (items.some((item) => item['type'] === 'function_call' || item['type'] === 'custom_tool_call'))
    return 'tool_calls';
  const parts = items.flatMap((item) => asArray(item['content'])).map(asObject);
  return parts.some((part) => part['type'] === 'refusal') ? 'refusal' : 'stop';
}

export function createResponsesDecoder(): (event: JsonObject) => readonly ChatEvent[] {
  const calls: Calls = new Map();
  return (event) => {
    const decode = EVENTS.get(asText(event['type']));
    return decode === undefined ? [] : decode(event, calls);
  };
}

type Decode = (event: JsonObject, calls: Calls) => Events;

const EVENTS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['response.created', started],
  ['response.output_text.delta', delta('text')],
  ['response.refusal.delta', delta('refusal')],
  ['response.reasoning_summary_text.delta', delta('reasoning')],
  ['response.reasoning_text.delta', delta('reasoning')],
  ['response.output_item.added', added],
  ['response.function_call_arguments.delta', argued],
  ['response.custom_tool_call_input.delta', argued],
  ['response.completed', ended],
  ['response.incomplete', ended],
]);

function started(event: JsonObject): Events {
  const { id, model } = asObject(event['response']);
  return [{ kind: 'start', id: asText(id), model: asText(model) }];
}

function delta(kind: 'text' | 'refusal' | 'reasoning'): Decode {
  return (event) => [{ kind, choice: 0, text: asText(event['delta']) }];
}

function added(event: JsonObject, calls: Calls): Events {
  const item = asObject(event['item']);
  if (item['type'] !== 'function_call' && item['type'] !== 'custom_tool_call') return [];
  return called(calls, asIndex(event['output_index'], calls.size), item['call_id'], item['name']);
}

function argued(event: JsonObject, calls: Calls): Events {
  return calledWith(calls, asIndex(event['output_index'], -1), asText(event['delta']));
}

function ended(event: JsonObject): Events {
  const response = asObject(event['response']);
  const reason = responseFinish(response);
  const usage = responsesUsage(response['usage']);
  return [
    ...(reason === undefined ? [] : [{ kind: 'finish', choice: 0, reason } as const]),
    ...(usage === undefined ? [] : [{ kind: 'usage', usage } as const]),
  ];
}

export function decodeResponse(json: Json): ChatAnswer {
  const response = asObject(json);
  const parts = asArray(response['output']).flatMap((item) => itemParts(asObject(item)));
  return {
    id: asText(response['id']),
    model: asText(response['model']),
    choices: [{ index: 0, parts, finish: responseFinish(response) ?? 'stop' }],
    usage: responsesUsage(response['usage']) ?? NO_USAGE,
  };
}

function itemParts(item: JsonObject): Part[] {
  switch (item['type']) {
    case 'message':
      return asArray(item['content']).map((part) => messagePart(asObject(part)));
    case 'reasoning': {
      const pieces = [...asArray(item['summary']), ...asArray(item['content'])];
      const text = pieces.map((piece) => asText(asObject(piece)['text'])).join('\n');
      const signature = asText(item['encrypted_content']);
      return text === '' ? [] : [{ kind: 'reasoning', text, ...(signature === '' ? {} : { signature }) }];
    }
    case 'function_call':
    case 'custom_tool_call':
      return [
        {
          kind: 'tool_call',
          id: asText(item['call_id']),
          name: asText(item['name']),
          arguments: asText(item['arguments'] ?? item['input']),
        },
      ];
    default:
      return [];
  }
}

function messagePart(part: JsonObject): Part {
  if (part['type'] === 'refusal') return { kind: 'refusal', text: asText(part['refusal']) };
  return { kind: 'text', text: asText(part['text']) };
}
