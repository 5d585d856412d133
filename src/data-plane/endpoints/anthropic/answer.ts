/** Whole Anthropic messages, written from neutral form. */
import type { Json, JsonObject } from '../../../base/json.ts';
import { argumentsAsObject, type ChatAnswer, type FinishReason, type Part } from '../../../domain/chat.ts';
import type { Usage } from '../../../domain/usage.ts';

export function messageOf(answer: ChatAnswer): JsonObject {
  const [choice] = answer.choices;
  const finish = choice?.finish ?? 'stop';
  return {
    ...emptyMessage(answer.id, answer.model),
    content: (choice?.parts ?? []).flatMap(blockOf),
    stop_reason: stopReasonOf(finish),
    usage: usageOf(answer.usage),
  };
}

/** As a stream begins: nothing said, nothing counted. */
export function emptyMessage(id: string, model: string): JsonObject {
  return {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    container: null,
    usage: { input_tokens: 0, output_tokens: 0, cache_creation_input_tokens: 0, cache_read_input_tokens: 0 },
  };
}

function blockOf(part: Part): JsonObject[] {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return part.text === '' ? [] : [{ type: 'text', text: part.text, citations: null }];
    case 'reasoning':
      return [{ type: 'thinking', thinking: part.text, signature: part.signature ?? '' }];
    case 'tool_call':
      return [
        {
          type: 'tool_use',
          id: part.id,
          name: part.name,
          input: inputOf(part.arguments),
          caller: { type: 'direct' },
        },
      ];
    case 'image':
    case 'file':
    case 'audio':
    case 'tool_result':
      // A message cannot hold media that a model made, nor what a tool gave back to it.
      throw new Error(`an answer holds a part that no message can hold: ${part.kind}`);
  }
}

/** What a model wrote that is no object stays visible as it is, where the client's own checks find it. */
function inputOf(text: string): Json {
  return argumentsAsObject(text) ?? { _malformed_arguments: text };
}

export function stopReasonOf(finish: FinishReason): string {
  switch (finish) {
    case 'stop':
      return 'end_turn';
    case 'stop_sequence':
      return 'stop_sequence';
    case 'length':
      return 'max_tokens';
    case 'tool_calls':
      return 'tool_use';
    case 'content_filter':
    case 'refusal':
      return 'refusal';
  }
}

/** Anthropic counts what its cache served or stored apart from the other input. */
export function usageOf(usage: Usage): JsonObject {
  const { inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens, reasoningTokens } = usage;
  return {
    input_tokens: Math.max(0, inputTokens - cachedInputTokens - cacheWriteTokens),
    output_tokens: outputTokens,
    cache_creation_input_tokens: cacheWriteTokens,
    cache_read_input_tokens: cachedInputTokens,
    ...(reasoningTokens > 0 ? { output_tokens_details: { thinking_tokens: reasoningTokens } } : {}),
  };
}

export function refusalDetails(message: string): JsonObject {
  return { type: 'refusal', category: null, explanation: message };
}
