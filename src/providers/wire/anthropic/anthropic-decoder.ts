/** Anthropic's messages in neutral form. */
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { ChatAnswer, ChatEvent, Part } from '../../../domain/chat.ts';
import { NO_USAGE, type Usage } from '../../../domain/usage.ts';
import { asArray, asCount, asIndex, asObject, asText } from '../answer.ts';
import { badAnswer } from '../text-walk.ts';
import { anthropicFinish, anthropicUsage } from './anthropic-usage.ts';

export function createAnthropicDecoder(): (event: JsonObject) => readonly ChatEvent[] {
  /** Tool calls by the index of their block. */
  const calls = new Map<number, number>();
  let usage: Usage | undefined;

  function blockStart(index: number, block: JsonObject): ChatEvent[] {
    switch (block['type']) {
      case 'text':
        return said('text', block['text']);
      case 'thinking':
        return [...said('reasoning', block['thinking']), ...signed(block['signature'])];
      case 'tool_use': {
        const call = calls.size;
        calls.set(index, call);
        const { input } = block;
        const given = isObject(input) && Object.keys(input).length > 0 ? JSON.stringify(input) : '';
        return [
          { kind: 'tool_call', choice: 0, call, id: asText(block['id']), name: asText(block['name']) },
          ...(given === '' ? [] : [{ kind: 'tool_arguments', choice: 0, call, text: given } as const]),
        ];
      }
      default:
        // Blocks of the provider's own tools, for which neutral requests cannot ask.
        return [];
    }
  }

  function blockDelta(index: number, delta: JsonObject): ChatEvent[] {
    switch (delta['type']) {
      case 'text_delta':
        return said('text', delta['text']);
      case 'thinking_delta':
        return said('reasoning', delta['thinking']);
      case 'signature_delta':
        return signed(delta['signature']);
      case 'input_json_delta': {
        const call = calls.get(index);
        const text = asText(delta['partial_json']);
        return call === undefined || text === '' ? [] : [{ kind: 'tool_arguments', choice: 0, call, text }];
      }
      default:
        return [];
    }
  }

  return (event) => {
    usage = anthropicUsage(asObject(event['message'])['usage'] ?? event['usage'], usage);
    const index = asIndex(event['index'], 0);
    switch (event['type']) {
      case 'message_start': {
        const { id, model } = asObject(event['message']);
        return [{ kind: 'start', id: asText(id), model: asText(model) }];
      }
      case 'content_block_start':
        return blockStart(index, asObject(event['content_block']));
      case 'content_block_delta':
        return blockDelta(index, asObject(event['delta']));
      case 'message_delta': {
        const reason = anthropicFinish(asObject(event['delta'])['stop_reason']);
        return reason === undefined ? [] : [{ kind: 'finish', choice: 0, reason }];
      }
      case 'message_stop':
        return usage === undefined ? [] : [{ kind: 'usage', usage }];
      default:
        return [];
    }
  };
}

function said(kind: 'text' | 'reasoning', value: Json | undefined): ChatEvent[] {
  const text = asText(value);
  return text === '' ? [] : [{ kind, choice: 0, text }];
}

function signed(value: Json | undefined): ChatEvent[] {
  const signature = asText(value);
  return signature === '' ? [] : [{ kind: 'reasoning_signature', choice: 0, signature }];
}

export function decodeMessage(json: Json): ChatAnswer {
  const message = asObject(json);
  if (message['content'] === undefined) throw badAnswer('it has no content');
  return {
    id: asText(message['id']),
    model: asText(message['model']),
    choices: [
      {
        index: 0,
        parts: asArray(message['content']).flatMap((block) => blockParts(asObject(block))),
        finish: anthropicFinish(message['stop_reason']) ?? 'stop',
      },
    ],
    usage: anthropicUsage(message['usage'], undefined) ?? NO_USAGE,
  };
}

function blockParts(block: JsonObject): Part[] {
  switch (block['type']) {
    case 'text':
      return [{ kind: 'text', text: asText(block['text']) }];
    case 'thinking': {
      const signature = asText(block['signature']);
      const text = asText(block['thinking']);
      return [{ kind: 'reasoning', text, ...(signature === '' ? {} : { signature }) }];
    }
    case 'tool_use':
      return [
        {
          kind: 'tool_call',
          id: asText(block['id']),
          name: asText(block['name']),
          arguments: JSON.stringify(block['input'] ?? {}),
        },
      ];
    default:
      return [];
  }
}

export function decodeTokenCount(json: Json): number {
  const count = asObject(json)['input_tokens'];
  if (typeof count !== 'number') throw badAnswer('it has no count');
  return asCount(count);
}
