/** Anthropic's messages in neutral form. */
import { isObject, type Json, type JsonObject } from '../../../base/json.ts';
import type { ChatAnswer, ChatEvent, Part } from '../../../domain/chat.ts';
import { NO_USAGE, type Usage } from '../../../domain/usage.ts';
import { asArray, asCount, asIndex, asObject, asText } from '../answer.ts';
import { called, calledWith, said, signed, type Calls, type Events } from '../one-choice-events.ts';
import { badAnswer } from '../text-walk.ts';
import { anthropicFinish, anthropicUsage } from './anthropic-usage.ts';

/** What one answer has told so far. */
interface AnswerState {
  readonly calls: Calls;
  usage: Usage | undefined;
}

export function createAnthropicDecoder(): (event: JsonObject) => readonly ChatEvent[] {
  const state: AnswerState = { calls: new Map(), usage: undefined };
  return (event) => {
    state.usage = anthropicUsage(asObject(event['message'])['usage'] ?? event['usage'], state.usage);
    const decode = EVENTS.get(asText(event['type']));
    return decode === undefined ? [] : decode(state, event);
  };
}

type Decode = (state: AnswerState, event: JsonObject) => Events;

const EVENTS: ReadonlyMap<string, Decode> = new Map<string, Decode>([
  ['message_start', (_, event) => startOf(asObject(event['message']))],
  [
    'content_block_start',
    ({ calls }, event) => blockStart(calls, indexOf(event), asObject(event['content_block'])),
  ],
  ['content_block_delta', ({ calls }, event) => blockDelta(calls, indexOf(event), asObject(event['delta']))],
  ['message_delta', (_, event) => finishOf(asObject(event['delta']))],
  ['message_stop', ({ usage }) => (usage === undefined ? [] : [{ kind: 'usage', usage }])],
]);

function indexOf(event: JsonObject): number {
  return asIndex(event['index'], 0);
}

function startOf({ id, model }: JsonObject): Events {
  return [{ kind: 'start', id: asText(id), model: asText(model) }];
}

function finishOf(delta: JsonObject): Events {
  const reason = anthropicFinish(delta['stop_reason']);
  return reason === undefined ? [] : [{ kind: 'finish', choice: 0, reason }];
}

function blockStart(calls: Calls, index: number, block: JsonObject): Events {
  switch (block['type']) {
    case 'text':
      return said('text', block['text']);
    case 'thinking':
      return [...said('reasoning', block['thinking']), ...signed(block['signature'])];
    case 'tool_use': {
      const { id, name, input } = block;
      const isGiven = isObject(input) && Object.keys(input).length > 0;
      const call = called(calls, index, id, name);
      return isGiven ? [...call, ...calledWith(calls, index, JSON.stringify(input))] : call;
    }
    default:
      // Blocks of the provider's own tools, for which neutral requests cannot ask.
      return [];
  }
}

function blockDelta(calls: Calls, index: number, delta: JsonObject): Events {
  switch (delta['type']) {
    case 'text_delta':
      return said('text', delta['text']);
    case 'thinking_delta':
      return said('reasoning', delta['thinking']);
    case 'signature_delta':
      return signed(delta['signature']);
    case 'input_json_delta': {
      const text = asText(delta['partial_json']);
      return text === '' ? [] : calledWith(calls, index, text);
    }
    default:
      return [];
  }
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
