/** Answers of the Responses API in neutral form. */
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { ChatAnswer, ChatEvent, FinishReason, Part } from '../../../domain/chat.ts';
import { NO_USAGE, type Usage } from '../../../domain/usage.ts';
import { asArray, asCount, asIndex, asObject, asText } from '../answer.ts';

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
  /** Function calls by the index of their item. */
  const calls = new Map<number, number>();

  function added(event: JsonObject): ChatEvent[] {
    const item = asObject(event['item']);
    if (item['type'] !== 'function_call' && item['type'] !== 'custom_tool_call') return [];
    const call = calls.size;
    calls.set(asIndex(event['output_index'], call), call);
    return [{ kind: 'tool_call', choice: 0, call, id: asText(item['call_id']), name: asText(item['name']) }];
  }

  function ended(response: JsonObject): ChatEvent[] {
    const reason = responseFinish(response);
    const usage = responsesUsage(response['usage']);
    return [
      ...(reason === undefined ? [] : [{ kind: 'finish', choice: 0, reason } as const]),
      ...(usage === undefined ? [] : [{ kind: 'usage', usage } as const]),
    ];
  }

  return (event) => {
    const text = asText(event['delta']);
    const response = asObject(event['response']);
    switch (event['type']) {
      case 'response.created':
        return [{ kind: 'start', id: asText(response['id']), model: asText(response['model']) }];
      case 'response.output_text.delta':
        return [{ kind: 'text', choice: 0, text }];
      case 'response.refusal.delta':
        return [{ kind: 'refusal', choice: 0, text }];
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        return [{ kind: 'reasoning', choice: 0, text }];
      case 'response.output_item.added':
        return added(event);
      case 'response.function_call_arguments.delta':
      case 'response.custom_tool_call_input.delta': {
        const call = calls.get(asIndex(event['output_index'], -1));
        return call === undefined ? [] : [{ kind: 'tool_arguments', choice: 0, call, text }];
      }
      case 'response.completed':
      case 'response.incomplete':
        return ended(response);
      default:
        return [];
    }
  };
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
      return asArray(item['content'])
        .map(asObject)
        .map((part): Part => {
          if (part['type'] === 'refusal') return { kind: 'refusal', text: asText(part['refusal']) };
          return { kind: 'text', text: asText(part['text']) };
        });
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
